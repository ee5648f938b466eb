import { html, nothing, type TemplateResult } from 'lit'
import type { CutoverMessage, CutoverPart, CutoverState, ShownStep } from '../../cutover/messages.ts'
import { dashboardStyles } from '../dashboardStyles.ts'
import { mountPage } from '../mountPage.ts'
import { checkbox, dropdown } from '../parts/fields.ts'
import { noticeBanner } from '../parts/notice.ts'
import { checkStyles, pageStyles } from '../styles.ts'

const marks = { done: '✓', open: '○', blocked: '·', unknown: '?', notNeeded: '–' } as const
const phases = ['before', 'move', 'after'] as const

mountPage<CutoverState, CutoverMessage>([pageStyles, checkStyles, dashboardStyles], ({ send }) => state => {
  const { words, domains, domain, jobs, steps, busy } = state
  const mark = (of: ShownStep['state']): TemplateResult =>
    html`<span class="mark ${of === 'done' ? 'passed' : 'open'}" aria-hidden="true">${marks[of]}</span>`

  const part = ({ text, state: of, offer }: CutoverPart): TemplateResult => html`
    <li data-state=${of}>
      <div class="row">
        <span>${mark(of)} ${text} <span class="hidden">(${words.states[of]})</span></span
        >${
          offer === undefined
            ? nothing
            : html`<vscode-button
                appearance="secondary"
                ?disabled=${of === 'blocked'}
                aria-label="${offer.title}: ${text}"
                @click=${() => send(offer.does)}
                >${offer.title}</vscode-button
              >`
        }
      </div>
    </li>
  `
  const step = ({ id, title, state: of, parts, how, tick }: ShownStep): TemplateResult => html`
    <li class="step" data-step=${id} data-state=${of}>
      <h3 tabindex="-1">${mark(of)} ${title} <span class="lead">(${words.states[of]})</span></h3>
      ${parts.length === 0 ? nothing : html`<ul class="plain" role="list">${parts.map(part)}</ul>`}
      ${
        tick === undefined
          ? nothing
          : html`${checkbox({ label: `${words.tick}: ${title}`, checked: tick.ticked, onChange: () => send(tick.says) })}
              ${tick.note === '' ? nothing : html`<p class="hint">${tick.note}</p>`}
              ${
                tick.annotates === undefined
                  ? nothing
                  : html`<vscode-button appearance="secondary" aria-label="${words.note}: ${title}" @click=${() => tick.annotates && send(tick.annotates)}
                      >${words.note}</vscode-button
                    >`
              }`
      }
      ${
        how.length === 0 || of === 'notNeeded'
          ? nothing
          : html`<details>
              <summary aria-label="${words.how}: ${title}">${words.how}</summary>
              <ul>
                ${how.map(line => html`<li>${line}</li>`)}
              </ul>
            </details>`
      }
    </li>
  `
  return html`
    <main>
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      <div aria-live="assertive">${noticeBanner(state.notice, () => {})}</div>
      ${
        domains.length === 0
          ? html`<p>${words.none}</p>`
          : html`
              ${dropdown({
                label: words.domain,
                value: domain,
                ...(jobs === '' ? {} : { hint: jobs }),
                options: domains.map(value => ({ value, label: value })),
                onChange: chosen => send({ type: 'domain', domain: chosen }),
              })}
              <div class="actions">
                <vscode-button appearance="secondary" ?disabled=${busy} @click=${() => send({ type: 'ask' })}>${words.ask}</vscode-button>
                <span role="status" class="lead">${busy ? words.asking : nothing}</span>
              </div>
            `
      }
      ${phases.map(phase => {
        const of = steps.filter(one => one.phase === phase)
        return of.length === 0
          ? nothing
          : html`<section id=${phase} aria-labelledby="${phase}-title">
              <h2 id="${phase}-title" tabindex="-1">${words.phases[phase]}</h2>
              <ol class="plain" role="list">${of.map(step)}</ol>
            </section>`
      })}
    </main>
  `
})
