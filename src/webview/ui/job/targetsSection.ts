import { html, nothing, type TemplateResult } from 'lit'
import type { CheckControl, ValueControl } from '../components.ts'
import { textField } from '../parts/fields.ts'
import { pager } from '../parts/pager.ts'
import type { Part } from './part.ts'

export function targetsSection(part: Part): TemplateResult {
  const { state, send } = part
  const { words, busy, matchStatus, ambiguous, rows, needsExport } = state
  const match = (by: 'localPart' | 'displayName' | 'csv' | 'export', label: string) =>
    html`<vscode-button appearance="secondary" ?disabled=${busy !== undefined} @click=${() => send({ type: 'match', by })}>${label}</vscode-button>`
  return html`
    <p id="match-by">${words.matchBy}</p>
    <div class="actions" role="group" aria-labelledby="match-by">
      ${match('localPart', words.byLocalPart)} ${match('displayName', words.byDisplayName)} ${match('csv', words.byCsv)}
      ${needsExport ? match('export', words.byExport) : nothing}
      <vscode-button appearance="secondary" @click=${() => send({ type: 'sameAddresses' })}>${words.sameAddress}</vscode-button>
    </div>
    ${needsExport ? html`<p class="hint">${words.byExportHint}</p>` : nothing}
    <p role="status">${matchStatus}</p>
    ${
      ambiguous.length === 0
        ? nothing
        : html`<h3>${words.ambiguous}</h3>
            <p class="hint">${words.ambiguousHint}</p>
            <ul>
              ${ambiguous.map(({ name, sources, targets }) => html`<li>${name}: ${sources} → ${targets}</li>`)}
            </ul>`
    }
    <h3>${words.pairs}</h3>
    ${rows.status === '' ? html`<p class="lead">${words.noPairs}</p>` : pairTable(part)}
  `
}

function pairTable(part: Part): TemplateResult {
  const { state, local, send } = part
  const { words, rows } = state
  const show = (more: { readonly offset?: number; readonly unmatched?: boolean }): void =>
    send({ type: 'rows', search: local.rowFilter, unmatched: more.unmatched ?? rows.unmatched, offset: more.offset ?? 0 })
  return html`
    ${textField({
      label: words.filter,
      value: local.rowFilter,
      onInput(filter) {
        local.rowFilter = filter
        show({})
      },
    })}
    <vscode-checkbox
      .checked=${rows.unmatched}
      @change=${(event: Event) => show({ unmatched: (event.target as CheckControl).checked })}
      >${words.onlyUnmatched}</vscode-checkbox
    >
    <p role="status">${rows.status}</p>
    <table>
      <caption class="hidden">${words.pairs}</caption>
      <thead>
        <tr><th scope="col">${words.sourceMailbox}</th><th scope="col">${words.targetMailbox}</th><th scope="col"></th></tr>
      </thead>
      <tbody>
        ${rows.list.map(
          ({ source, sourceName, target }) => html`<tr>
            <td>${source}${sourceName === undefined ? nothing : html`<br /><span class="hint">${sourceName}</span>`}</td>
            <td>
              <vscode-text-field
                class="cell"
                .value=${target}
                @change=${(event: Event) => send({ type: 'setTarget', source, target: (event.target as ValueControl).value })}
                ><span class="hidden">${words.targetMailbox}: ${source}</span></vscode-text-field>
            </td>
            <td>
              <vscode-button
                appearance="secondary"
                aria-label="${words.remove}: ${source}"
                @click=${() => send({ type: 'remove', sources: [source] })}
                >${words.remove}</vscode-button
              >
            </td>
          </tr>`,
        )}
      </tbody>
    </table>
    <div class="actions">
      ${pager(words, rows, offset => show({ offset }))}
      ${
        rows.list.length === 0
          ? nothing
          : html`<vscode-button
              appearance="secondary"
              @click=${() => send({ type: 'remove', sources: rows.list.map(({ source }) => source) })}
              >${words.removeShown}</vscode-button
            >`
      }
    </div>
  `
}
