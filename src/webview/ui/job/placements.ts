import { html, type TemplateResult } from 'lit'
import type { Placement } from '../../job/draft.ts'
import { textField } from '../parts/fields.ts'
import { errorText, type Part } from './part.ts'

/** Rows of a source folder and the target folder it goes to. */
export function placements({ state: { words, draft, problems }, set }: Part): TemplateResult {
  const put = (rows: readonly Placement[]): void => set({ placements: [...rows] })
  const change = (at: number, fields: Partial<Placement>): void =>
    put(draft.placements.map((row, index) => (index === at ? { ...row, ...fields } : row)))
  const row = ({ source, target }: Placement, at: number): TemplateResult => {
    const name = `${words.placement} ${at + 1}`
    return html`
      <fieldset>
        <legend>${name}</legend>
        <div class="actions">
          ${textField({ label: words.sourceFolder, value: source, placeholder: 'Archive/2024', onInput: source => change(at, { source }) })}
          ${textField({ label: words.targetFolder, value: target, placeholder: 'Old/2024', onInput: target => change(at, { target }) })}
          <vscode-button
            appearance="secondary"
            aria-label="${words.remove}: ${name}"
            @click=${() => put(draft.placements.filter((_, index) => index !== at))}
            >${words.remove}</vscode-button
          >
        </div>
      </fieldset>
    `
  }
  return html`
    <h3>${words.placements}</h3>
    <p class="hint">${words.placementsHint}</p>
    ${draft.placements.map(row)} ${errorText(problems.placements)}
    <div class="actions">
      <vscode-button appearance="secondary" @click=${() => put([...draft.placements, { source: '', target: '' }])}
        >${words.addPlacement}</vscode-button
      >
    </div>
  `
}
