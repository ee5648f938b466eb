import { html, nothing, type TemplateResult } from 'lit'
import type { CutoverItem, CutoverMessage, CutoverState } from '../../cutover/messages.ts'
import { mountPage } from '../mountPage.ts'
import { dropdown } from '../parts/fields.ts'
import { checkStyles, dashboardStyles, pageStyles } from '../styles.ts'

const marks = { done: '✓', open: '○', later: '·', untold: '–' } as const

mountPage<CutoverState, CutoverMessage>([pageStyles, checkStyles, dashboardStyles], ({ send }) => ({ words, domains, domain, steps }) => {
  const item = ({ text, state, offer }: CutoverItem): TemplateResult => html`
    <li data-state=${state}>
      <div class="row">
        <span
          ><span class="mark ${state === 'done' ? 'passed' : 'open'}" aria-hidden="true">${marks[state]}</span> ${text}
          <span class="lead">(${words.states[state]})</span></span
        >${
          offer === undefined
            ? nothing
            : html`<vscode-button
                appearance="secondary"
                ?disabled=${state === 'later'}
                aria-label="${offer.title}: ${text}"
                @click=${() => send(offer.does)}
                >${offer.title}</vscode-button
              >`
        }
      </div>
    </li>
  `
  return html`
    <main class="checklist">
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${
        domains.length === 0
          ? html`<p>${words.none}</p>`
          : dropdown({
              label: words.domain,
              value: domain,
              options: domains.map(value => ({ value, label: value })),
              onChange: chosen => send({ type: 'domain', domain: chosen }),
            })
      }
      ${steps.map(
        ({ id, title, text, items }, at) => html`<section id=${id} aria-labelledby="${id}-title">
          <h2 id="${id}-title" tabindex="-1">${at + 1}. ${title}</h2>
          <p class="lead">${text}</p>
          <ul class="plain" role="list">${items.length === 0 ? html`<li class="lead">${words.nothing}</li>` : items.map(item)}</ul>
        </section>`,
      )}
    </main>
  `
})
