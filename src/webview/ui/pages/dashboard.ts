import { html, nothing, type TemplateResult } from 'lit'
import type { DashboardMessage, DashboardState, Offer, ShownConnection, ShownJob } from '../../dashboard/messages.ts'
import { dashboardStyles } from '../dashboardStyles.ts'
import { mountPage } from '../mountPage.ts'
import { lineChart } from '../parts/chart.ts'
import { checkStyles, pageStyles } from '../styles.ts'

mountPage<DashboardState, DashboardMessage>([pageStyles, checkStyles, dashboardStyles], ({ send }) => {
  const offers = (of: readonly Offer[], about: string): TemplateResult =>
    html`<span class="offers"
      >${of.map(
        ({ title, does }) =>
          html`<vscode-button appearance="secondary" aria-label="${title}: ${about}" @click=${() => send(does)}>${title}</vscode-button>`,
      )}</span
    >`
  const card = (id: string, title: string, content: unknown, wide = false): TemplateResult =>
    html`<section id=${id} class=${wide ? 'wide' : ''} aria-labelledby="${id}-title"><h2 id="${id}-title" tabindex="-1">${title}</h2>${content}</section>`
  const empty = (text: string): TemplateResult => html`<p class="lead">${text}</p>`

  const job = ({ name, route, state, percent, offers: of }: ShownJob): TemplateResult => html`
    <li>
      <div class="row"><span><strong>${name}</strong> <span class="lead">${route}</span></span>${offers(of, name)}</div>
      <progress max="100" value=${percent} aria-label=${name}>${percent} %</progress>
      <div class="lead">${state}</div>
    </li>
  `
  const connection = ({ name, description, attention, offers: of }: ShownConnection): TemplateResult => html`
    <li>
      <div class="row">
        <span
          >${attention === 'none' ? nothing : html`<span class="mark failed" aria-hidden="true">!</span> `}<strong>${name}</strong>
          <span class="lead">${description}</span></span
        >${offers(of, name)}
      </div>
    </li>
  `
  const list = <Item>(items: readonly Item[], draw: (item: Item) => TemplateResult, none: string, more?: string): TemplateResult =>
    items.length === 0 ? empty(none) : html`<ul class="plain">${items.map(draw)}</ul>${more === undefined ? nothing : empty(more)}`

  return ({ words, start, good, bad, jobs, chart, sources, targets, more, help }) => html`
    <main>
      <h1>${words.title}</h1>
      <div class="cards">
        ${
          start.every(({ done }) => done)
            ? nothing
            : card(
                'start',
                words.start,
                html`<ol class="plain">
            ${start.map(
              ({ text, done, offer }) => html`<li>
                <div class="row">
                  <span
                    ><span class="mark ${done ? 'passed' : 'open'}" aria-hidden="true">${done ? '✓' : '○'}</span> ${text}
                    <span class="hidden">${done ? words.done : words.open}</span></span
                  >${offers([offer], text)}
                </div>
              </li>`,
            )}
          </ol>`,
                true,
              )
        }
        ${card(
          'good',
          words.good,
          list(good, text => html`<li><span class="mark passed" aria-hidden="true">✓</span> ${text}</li>`, words.noGood),
        )}
        ${card(
          'bad',
          words.bad,
          html`<div role="status">
            ${list(
              bad,
              ({ text, offers: of }) =>
                html`<li><div class="row"><span><span class="mark failed" aria-hidden="true">!</span> ${text}</span>${offers(of, text)}</div></li>`,
              words.noBad,
              more.bad,
            )}
          </div>`,
        )}
        ${card(
          'jobs',
          words.jobs,
          html`${
            chart === undefined
              ? nothing
              : html`<figure>
                  ${lineChart(chart.samples, `${words.speed}: ${chart.now}`)}
                  <figcaption class="lead">${chart.now} · ${chart.most} · ${chart.span}</figcaption>
                </figure>`
          }${list(jobs, job, words.noJobs, more.jobs)}`,
          true,
        )}
        ${card('sources', words.sources, list(sources, connection, words.noConnections, more.sources))}
        ${card('targets', words.targets, list(targets, connection, words.noConnections, more.targets))}
        ${card(
          'help',
          words.help,
          html`<ul class="plain">
            ${help.map(({ title, does }) => html`<li><vscode-link href="#" @click=${(event: Event) => follow(event, does)}>${title}</vscode-link></li>`)}
          </ul>`,
        )}
      </div>
    </main>
  `

  function follow(event: Event, does: DashboardMessage): void {
    event.preventDefault()
    send(does)
  }
})
