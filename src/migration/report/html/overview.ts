import type { Filters } from '../../../domain/job.ts'
import type { ContentFormat } from '../../../domain/mail.ts'
import type { Report, ReportConnection, Totals } from '../model.ts'
import { unproven } from '../totals.ts'
import { html, type Markup, nothing } from './escape.ts'
import { count, counted, numberCell, outcomeWords, policyWords, size, sizeCell, stateWords, time } from './words.ts'

/** What a person wants to know first: is it all there? */
export function verdict(report: Report): Markup {
  const { items } = report.totals.written
  const { filtered, adopted } = report.totals
  const also = [
    adopted.items > 0 ? `${counted(adopted.items, 'message')} had been there already and were matched one to one.` : '',
    filtered.items > 0 ? `${counted(filtered.items, 'message')} were left out, as the filters ask.` : '',
  ].join(' ')
  switch (report.verdict) {
    case 'complete':
      return banner(
        'good',
        tick,
        'Everything was migrated, and proven to be.',
        `${counted(items, 'message')} were written to the target and read back once each; none is missing. ${also}`,
      )
    case 'differences':
      return banner(
        'warn',
        mark,
        'Migrated, with differences.',
        `All mailboxes are through. ${counted(unproven(report.totals), 'message')} could not be migrated or proven; each is listed below with its reason. ${also}`,
      )
    case 'incomplete': {
      const states = Object.entries(report.states).map(
        ([state, pairs]) => `${count(pairs)} ${stateWords[state as keyof typeof stateWords].text}`,
      )
      return banner(
        'bad',
        mark,
        'Not finished.',
        `Mailboxes: ${states.length === 0 ? 'none' : states.join(', ')}. What was migrated so far is listed below; starting the job again goes on from there.`,
      )
    }
  }
}

const tick = html`<path d="M5 12.5l4.5 4.5L19 7.5" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>`
const mark = html`<path d="M12 6v8M12 18v.01" fill="none" stroke="currentColor" stroke-width="2.75" stroke-linecap="round"/>`

const banner = (mood: 'good' | 'warn' | 'bad', sign: Markup, title: string, text: string): Markup =>
  html`<div class="verdict ${mood}"><svg class="sign" viewBox="0 0 24 24" aria-hidden="true">${sign}</svg><div><strong>${title}</strong><p>${text}</p></div></div>`

export function figures({ totals, pairs, states }: Report): Markup {
  const through = (states.completed ?? 0) + (states.completedWithDifferences ?? 0)
  return html`<h2>In figures</h2><dl class="figures">
<div><dt>mailboxes through</dt><dd>${count(through)} <small>of ${count(pairs)}</small></dd></div>
<div><dt>messages in the source</dt><dd>${count(totals.source.items)} <small>${size(totals.source.bytes)}</small></dd></div>
<div><dt>messages carried to the target</dt><dd>${count(totals.target.items)} <small>${size(totals.target.bytes)}</small></dd></div>
<div><dt>read back from the target</dt><dd>${count(totals.readBack)} <small>of ${count(totals.written.items)}</small></dd></div>
<div><dt>not migrated</dt><dd>${count(totals.failed.items + totals.open.items)} <small>${size(totals.failed.bytes + totals.open.bytes)}</small></dd></div>
</dl>
`
}

export function facts({ job, source, target, at, version, totals }: Report): Markup {
  const rows: readonly (readonly [string, Markup])[] = [
    ['From', server(source)],
    ['To', server(target)],
    ['Carried over by later runs', html`${policyWords[job.policy]}`],
    ['Filters', html`${filterText(job.filters)}`],
    ['Content', html`${contentWords(job.contentFormats, totals, target.kind)}`],
    ['Job defined', time(job.created)],
    ['This report', html`${time(at)}, from the ledger of Mailferry ${version}`],
  ]
  return html`<h2>The job</h2><dl class="facts">${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
`
}

/** How many items went which way, where there was more than one. */
function contentWords(formats: readonly ContentFormat[], { written, fts, mailboxItem }: Totals, targetKind: string): string {
  const words = { ...formatWords, ...(targetKind === 'office365' && { fts: `${formatWords.fts} (unproven, as the job asks for)` }) }
  const [only] = formats
  if (formats.length === 1 && only) return only === 'rfc822' ? `${words[only]}, as the source gives them` : words[only]
  const items = { fts, mailboxItem, rfc822: written.items - fts - mailboxItem }
  return formats.map(format => `${counted(items[format], 'item')} as ${words[format]}`).join(', ')
}

const formatWords: Readonly<Record<ContentFormat, string>> = {
  fts: 'Exchange’s full-fidelity stream',
  mailboxItem: 'Office 365’s full-fidelity stream',
  rfc822: 'messages (RFC 5322)',
}

const server = ({ name, kind, server: address, serverVersion, verified }: ReportConnection): Markup =>
  html`${name} <span class="soft">(${[kind.toUpperCase(), address, serverVersion].filter(part => part !== undefined).join(', ')}${
    verified === undefined ? '; not verified' : nothing
  }${verified === undefined ? nothing : html`; verified ${time(verified)}`})</span>`

function filterText(filters: Filters): string {
  const parts = [
    filters.receivedFrom === undefined ? '' : `received from ${filters.receivedFrom}`,
    filters.receivedTo === undefined ? '' : `received before ${filters.receivedTo}`,
    filters.includeFolders?.length ? `only the folders ${filters.includeFolders.join(', ')}` : '',
    filters.excludeFolders?.length ? `without the folders ${filters.excludeFolders.join(', ')}` : '',
    filters.itemTypes === undefined ? '' : `only folders of ${filters.itemTypes.join(', ')}`,
    filters.maxItemSize === undefined ? '' : `up to ${size(filters.maxItemSize)} a message`,
    filters.includeDeleted ? 'with messages flagged as deleted' : '',
  ].filter(part => part !== '')
  return parts.length === 0 ? 'none: everything, but messages flagged as deleted' : parts.join('; ')
}

export const reasons = ({ reasons: rows }: Report): Markup =>
  rows.length === 0
    ? nothing
    : html`<h2>What is listed, and why</h2><div class="table"><table>
<caption>Every single message stands with its mailbox below.</caption>
<thead><tr><th scope="col">Reason</th><th scope="col">Outcome</th><th scope="col" class="n">Messages</th><th scope="col" class="n">Size</th></tr></thead>
<tbody>${rows.map(
        row => html`<tr><th scope="row">${row.reason}</th><td>${outcomeWords[row.outcome]}</td>${numberCell(row.items)}${sizeCell(row)}</tr>
`,
      )}</tbody></table></div>
`
