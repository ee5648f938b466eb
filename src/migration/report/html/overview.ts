import type { Filters } from '../../../domain/job.ts'
import type { ContentFormat } from '../../../domain/mail.ts'
import type { Report, ReportConnection, Totals } from '../model.ts'
import { unproven } from '../totals.ts'
import { numberCell, sizeCell, time } from './cells.ts'
import { html, type Markup, nothing } from './escape.ts'
import type { Say } from './say/say.ts'

/** What a person wants to know first: is it all there? */
export function verdict(say: Say, report: Report): Markup {
  const { items } = report.totals.written
  const { filtered, adopted } = report.totals
  const also = [
    adopted.items > 0 ? say.alreadyThere(say.messages(adopted.items)) : '',
    filtered.items > 0 ? say.leftOut(say.messages(filtered.items)) : '',
  ].join(' ')
  switch (report.verdict) {
    case 'complete': {
      const [title, text] = say.verdicts.complete
      return banner('good', tick, title, `${text(say.messages(items))} ${also}`)
    }
    case 'differences': {
      const [title, text] = say.verdicts.differences
      return banner('warn', mark, title, `${text(say.messages(unproven(report.totals)))} ${also}`)
    }
    case 'incomplete': {
      const [title, text] = say.verdicts.incomplete
      const states = Object.entries(report.states).map(
        ([state, pairs]) => `${say.count(pairs)} ${say.states[state as keyof Say['states']]}`,
      )
      return banner('bad', mark, title, text(states.length === 0 ? say.none : states.join(', ')))
    }
  }
}

const tick = html`<path d="M5 12.5l4.5 4.5L19 7.5" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>`
const mark = html`<path d="M12 6v8M12 18v.01" fill="none" stroke="currentColor" stroke-width="2.75" stroke-linecap="round"/>`

const banner = (mood: 'good' | 'warn' | 'bad', sign: Markup, title: string, text: string): Markup =>
  html`<div class="verdict ${mood}"><svg class="sign" viewBox="0 0 24 24" aria-hidden="true">${sign}</svg><div><strong>${title}</strong><p>${text}</p></div></div>`

export function figures({ figures, count, size }: Say, { totals, pairs, states }: Report): Markup {
  const through = (states.completed ?? 0) + (states.completedWithDifferences ?? 0)
  return html`<h2>${figures.title}</h2><dl class="figures">
<div><dt>${figures.through}</dt><dd>${count(through)} <small>${figures.of(count(pairs))}</small></dd></div>
<div><dt>${figures.inSource}</dt><dd>${count(totals.source.items)} <small>${size(totals.source.bytes)}</small></dd></div>
<div><dt>${figures.carried}</dt><dd>${count(totals.target.items)} <small>${size(totals.target.bytes)}</small></dd></div>
<div><dt>${figures.readBack}</dt><dd>${count(totals.readBack)} <small>${figures.of(count(totals.written.items))}</small></dd></div>
<div><dt>${figures.notMigrated}</dt><dd>${count(totals.failed.items + totals.open.items)} <small>${size(totals.failed.bytes + totals.open.bytes)}</small></dd></div>
</dl>
`
}

export function facts(say: Say, { job, source, target, at, version, totals, notExamined }: Report): Markup {
  const { facts } = say
  const rows: readonly (readonly [string, Markup])[] = [
    [facts.from, server(say, source)],
    [facts.to, server(say, target)],
    [facts.later, html`${say.policies[job.policy]}`],
    [facts.filters, html`${filterText(say, job.filters)}`],
    [facts.content, html`${contentWords(say, job.contentFormats, totals, target.kind)}`],
    [
      facts.notExamined,
      html`${notExamined.map(what => say.notExamined[what]).join(', ')}${[source.kind, target.kind].includes('imap') ? '' : say.scripts(job.name)}`,
    ],
    [facts.defined, time(job.created)],
    [facts.report, html`${time(at)}${facts.fromLedger(version)}`],
  ]
  return html`<h2>${facts.title}</h2><dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
`
}

/** How many items went which way, where there was more than one. */
function contentWords(say: Say, formats: readonly ContentFormat[], { written, fts, mailboxItem }: Totals, targetKind: string): string {
  const words = { ...say.formats, ...(targetKind === 'office365' && { fts: `${say.formats.fts}${say.unproven}` }) }
  const [only] = formats
  if (formats.length === 1 && only) return only === 'rfc822' ? `${words[only]}${say.asGiven}` : words[only]
  const items = { fts, mailboxItem, rfc822: written.items - fts - mailboxItem }
  return formats.map(format => say.inFormat(say.items(items[format]), words[format])).join(', ')
}

const server = ({ facts }: Say, { name, kind, server: address, serverVersion, verified }: ReportConnection): Markup =>
  html`${name} <span class="soft">(${[kind.toUpperCase(), address, serverVersion].filter(part => part !== undefined).join(', ')}${
    verified === undefined ? facts.notVerified : nothing
  }${verified === undefined ? nothing : html`${facts.verified}${time(verified)}`})</span>`

function filterText({ filters: words, size }: Say, filters: Filters): string {
  const parts = [
    filters.receivedFrom === undefined ? '' : words.from(filters.receivedFrom),
    filters.receivedTo === undefined ? '' : words.before(filters.receivedTo),
    filters.includeFolders?.length ? words.only(filters.includeFolders.join(', ')) : '',
    filters.excludeFolders?.length ? words.without(filters.excludeFolders.join(', ')) : '',
    filters.itemTypes === undefined ? '' : words.types(filters.itemTypes.join(', ')),
    filters.maxItemSize === undefined ? '' : words.upTo(size(filters.maxItemSize)),
    filters.includeDeleted ? words.deleted : '',
  ].filter(part => part !== '')
  return parts.length === 0 ? words.none : parts.join('; ')
}

export const reasons = (say: Say, { reasons: rows }: Report): Markup =>
  rows.length === 0
    ? nothing
    : html`<h2>${say.reasons.title}</h2><div class="table"><table>
<caption>${say.reasons.caption}</caption>
<thead><tr><th scope="col">${say.reasons.reason}</th><th scope="col">${say.reasons.outcome}</th><th scope="col" class="n">${say.reasons.messages}</th><th scope="col" class="n">${say.table.size}</th></tr></thead>
<tbody>${rows.map(
        row => html`<tr><th scope="row">${row.reason}</th><td>${say.outcomes[row.outcome]}</td>${numberCell(say, row.items)}${sizeCell(say, row)}</tr>
`,
      )}</tbody></table></div>
`
