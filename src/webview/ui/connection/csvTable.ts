import { html, nothing, type TemplateResult } from 'lit'
import { badRows } from '../parts/badRows.ts'
import type { Part } from './part.ts'

/** What a CSV of sign-ins says: the rows to correct, by their lines, or the first of the good ones. */
export function csvTable({ state: { secret, words } }: Part): TemplateResult | typeof nothing {
  const { file } = secret
  if (file === undefined) return nothing
  return html`
    ${badRows({ caption: words.csvProblems, line: words.line, problem: words.problem }, file.summary, file.problems)}
    ${
      file.first.length === 0
        ? nothing
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
