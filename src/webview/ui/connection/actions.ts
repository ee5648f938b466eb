import { html, nothing, type TemplateResult } from 'lit'
import type { Part } from './part.ts'

export function actions({ state, send }: Part): TemplateResult {
  const { words, mode, busy, review, exempt } = state
  const isBusy = busy !== undefined
  const saving = busy === 'saving'
  const reconfigure =
    exempt !== undefined ? words.reconfigureAnyway : review?.running === undefined ? words.reconfigure : words.stopAndReconfigure
  const save = mode === 'reconfigure' ? reconfigure : words.save
  return html`
    <vscode-button ?disabled=${isBusy} @click=${() => send({ type: 'save', untested: false })}>${save}</vscode-button>
    ${
      mode === 'reconfigure'
        ? nothing
        : html`<vscode-button appearance="secondary" ?disabled=${saving} @click=${() => send({ type: 'save', untested: true })}
            >${words.saveUntested}</vscode-button
          >`
    }
    <vscode-button appearance="secondary" @click=${() => send({ type: 'cancel' })}>${words.cancel}</vscode-button>
    ${
      mode === 'new'
        ? nothing
        : html`<vscode-button appearance="secondary" @click=${() => send({ type: 'journal' })}>${words.journal}</vscode-button>`
    }
    ${saving ? html`<vscode-progress-ring aria-label=${words.save}></vscode-progress-ring>` : nothing}
  `
}
