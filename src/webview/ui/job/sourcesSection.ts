import { html, nothing, type TemplateResult } from 'lit'
import type { CheckControl } from '../components.ts'
import { badRows } from '../parts/badRows.ts'
import { textField } from '../parts/fields.ts'
import { pager } from '../parts/pager.ts'
import type { Part } from './part.ts'

export function sourcesSection(part: Part): TemplateResult {
  const { state, local, send } = part
  const { words, directory, busy } = state
  const list = (offset: number): void => {
    local.picked.clear()
    send({ type: 'list', search: local.search, offset })
  }
  return html`
    <div @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && list(0)}
    >
      ${textField({
        label: words.search,
        hint: words.searchHint,
        value: local.search,
        onInput: search => {
          local.search = search
        },
      })}
    </div>
    <div class="actions">
      <vscode-button appearance="secondary" ?disabled=${busy !== undefined} @click=${() => list(0)}>${words.list}</vscode-button>
      <vscode-button appearance="secondary" ?disabled=${busy !== undefined} @click=${() => send({ type: 'addAll' })}>${words.addAll}</vscode-button>
    </div>
    <p role="status">${directory.status}</p>
    ${directory.list.length === 0 ? nothing : found(part, list)}
    <h3>${words.fromFile}</h3>
    <p class="hint">${words.fileHint}</p>
    <vscode-button appearance="secondary" ?disabled=${busy !== undefined} @click=${() => send({ type: 'chooseSourceFile' })}
      >${words.chooseSourceFile}</vscode-button
    >
    ${badRows({ caption: words.rowsToCorrect, line: words.line, problem: words.problem }, state.fileStatus, state.badRows)}
  `
}

function found({ state, local, send, redraw }: Part, list: (offset: number) => void): TemplateResult {
  const { words, directory } = state
  return html`
    <div role="group" aria-label=${words.found} class="choices">
      ${directory.list.map(
        ({ address, name, taken }) => html`<vscode-checkbox
          .checked=${taken || local.picked.has(address)}
          ?disabled=${taken}
          @change=${(event: Event) => {
            if ((event.target as CheckControl).checked) local.picked.add(address)
            else local.picked.delete(address)
            redraw()
          }}
          >${address}${name === undefined ? nothing : html` <span class="hint">${name}</span>`}${
            taken ? html` <span class="hint">(${words.inJob})</span>` : nothing
          }</vscode-checkbox
        >`,
      )}
    </div>
    <div class="actions">
      <vscode-button
        ?disabled=${local.picked.size === 0}
        @click=${() => {
          send({ type: 'addListed', addresses: [...local.picked] })
          local.picked.clear()
        }}
        >${words.add}</vscode-button
      >
      ${pager(words, directory, list)}
    </div>
  `
}
