import { html, nothing, type TemplateResult } from 'lit'

interface BadRow {
  readonly line: number
  readonly message: string
}

/** What a file said, and which of its rows are to be corrected, by their lines. */
export const badRows = (
  words: { readonly caption: string; readonly line: string; readonly problem: string },
  status: string,
  rows: readonly BadRow[],
): TemplateResult => html`
  <p class=${rows.length > 0 ? 'error' : 'lead'} role=${rows.length > 0 ? 'alert' : 'status'}>${status}</p>
  ${
    rows.length === 0
      ? nothing
      : html`<table>
          <caption class="hidden">${words.caption}</caption>
          <thead>
            <tr><th class="number" scope="col">${words.line}</th><th scope="col">${words.problem}</th></tr>
          </thead>
          <tbody>
            ${rows.map(({ line, message }) => html`<tr><td class="number">${line}</td><td>${message}</td></tr>`)}
          </tbody>
        </table>`
  }
`
