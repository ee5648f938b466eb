import { html, nothing, type TemplateResult } from 'lit'
import { textField } from '../parts/fields.ts'
import { type Part, textOf } from './part.ts'

export function summarySection(part: Part): TemplateResult {
  const { state } = part
  const { words, summary, review, askResponsible } = state
  return html`
    ${
      review === undefined
        ? html`<dl>${summary.map(({ label, value }) => html`<dt>${label}</dt><dd>${value === '' ? '–' : value}</dd>`)}</dl>`
        : html`
            <table>
              <thead>
                <tr><th scope="col">${words.setting}</th><th scope="col">${words.before}</th><th scope="col">${words.after}</th></tr>
              </thead>
              <tbody>
                ${review.changes.map(
                  ({ setting, before, after }) =>
                    html`<tr><th scope="row">${setting}</th><td>${before}</td><td class=${before === after ? '' : 'changed'}>${after}</td></tr>`,
                )}
              </tbody>
            </table>
            <p>${review.reason}</p>
            <p>${review.jobs}</p>
            ${review.running === undefined ? nothing : html`<p>${review.running}</p>`}
          `
    }
    ${
      askResponsible || state.draft.responsible !== ''
        ? textField({ label: words.responsible, hint: words.responsibleHint, ...textOf(part, 'responsible') })
        : nothing
    }
  `
}
