import { html, nothing, type TemplateResult } from 'lit'
import type { Part } from './part.ts'

/** What a CSV of sign-ins says: the rows to correct, by their lines, or the first of the good ones. */
export function csvTable({ state: { secret, words } }: Part): TemplateResult | typeof nothing {
  const { file } = secret
  if (file === undefined) return nothing
  const bad = file.problems.length > 0
  return html`
    <p class=${bad ? 'error' : 'lead'} role=${bad ? 'alert' : 'status'}>${file.summary}</p>
    ${
      bad
        ? html`<table>
            <caption class="hidden">${words.csvProblems}</caption>
            <thead>
              <tr><th class="number" scope="col">${words.line}</th><th scope="col">${words.problem}</th></tr>
            </thead>
            <tbody>
              ${file.problems.map(({ line, message }) => html`<tr><td class="number">${line}</td><td>${message}</td></tr>`)}
            </tbody>
          </table>`
        : html`<table>
            <caption class="hidden">${words.csvFirst}</caption>
            <thead>
              <tr><th scope="col">${words.mailbox}</th><th scope="col">${words.user}</th></tr>
            </thead>
            <tbody>
              ${file.first.map(({ mailbox, user }) => html`<tr><td>${mailbox}</td><td>${user}</td></tr>`)}
            </tbody>
          </table>`
    }
  `
}
