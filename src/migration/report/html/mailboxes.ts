import type { FolderReport, ListedItem, PairReport, Report, Totals } from '../model.ts'
import { chip, numberCell, sizeCell, time } from './cells.ts'
import { html, type Markup, nothing } from './escape.ts'
import type { Say } from './say/say.ts'

/** All mailboxes in one table, then each with its folders and its listed messages. */
export async function* mailboxes(say: Say, report: Report): AsyncGenerator<Markup, void, undefined> {
  yield html`<h2 id="mailboxes">${say.table.mailboxes}</h2><div class="table"><table>
<caption>${say.table.caption}</caption>
<thead><tr><th scope="col">${say.table.mailbox}</th><th scope="col">${say.table.state}</th>${amountHeads(say)}</tr></thead>
<tbody>`
  let number = 0
  for await (const pair of report.pairReports()) yield pairRow(say, pair, ++number)
  yield html`</tbody><tfoot><tr><th scope="row">${say.table.together}</th><td></td>${bothSides(say, report.totals)}${notMigrated(say, report.totals)}</tr></tfoot></table></div>
<h2>${say.table.each}</h2>
`
  number = 0
  for await (const pair of report.pairReports()) yield* pairSection(say, pair, ++number)
}

const amountHeads = ({ table }: Say): Markup =>
  html`${[table.inSource, table.size, table.inTarget, table.size, table.notMigrated, table.leftOut].map(name => html`<th scope="col" class="n">${name}</th>`)}`

const bothSides = (say: Say, { source, target }: Totals): Markup =>
  html`${numberCell(say, source.items)}${sizeCell(say, source)}${numberCell(say, target.items)}${sizeCell(say, target)}`

const notMigrated = (say: Say, { failed, open, filtered }: Totals): Markup =>
  html`${numberCell(say, failed.items + open.items)}${numberCell(say, filtered.items)}`

const pairRow = (say: Say, pair: PairReport, number: number): Markup => html`<tr><th scope="row"><a href="#m${number}">${pair.source}</a>${
  pair.target === pair.source ? nothing : html`<span class="to">→ ${pair.target}</span>`
}</th><td>${chip(say, pair.state)}</td>${bothSides(say, pair.totals)}${notMigrated(say, pair.totals)}</tr>
`

async function* pairSection(say: Say, pair: PairReport, number: number): AsyncGenerator<Markup, void, undefined> {
  const { totals } = pair
  yield html`<details id="m${number}"><summary><b>${pair.source}</b>${pair.target === pair.source ? nothing : html`<span>→ ${pair.target}</span>`} ${chip(say, pair.state)}<span class="soft">${say.messages(totals.target.items)} · ${say.size(totals.target.bytes)} · ${say.folders(pair.folders.length)}</span></summary><div>
`
  if (pair.completed !== undefined)
    yield html`<p class="soft">${say.table.completed}${time(pair.completed)}${say.table.readBack(say.count(totals.readBack), say.messages(totals.written.items))}</p>`
  if (pair.problem) yield html`<p><span class="why">${pair.problem.message} ${pair.problem.next}</span></p>`
  if (pair.folders.length > 0) {
    yield html`<div class="table"><table><caption>${say.table.foldersOf(pair.source)}</caption>
<thead><tr><th scope="col">${say.table.folder}</th>${amountHeads(say)}</tr></thead>
<tbody>${pair.folders.map(folder => folderRow(say, folder))}</tbody></table></div>
`
  }
  yield* itemTable(say, pair)
  yield html`</div></details>
`
}

const folderRow = (say: Say, folder: FolderReport): Markup => html`<tr><th scope="row">${folder.source}${
  folder.mapped ? html`<span class="to">→ ${folder.target}</span>` : nothing
}${folder.problem ? html`<span class="why">${folder.problem.message}</span>` : nothing}${
  folder.leftOut ? html`<span class="left">${folder.leftOut.message}</span>` : nothing
}</th>${bothSides(say, folder.totals)}${notMigrated(say, folder.totals)}</tr>
`

async function* itemTable(say: Say, pair: PairReport): AsyncGenerator<Markup, void, undefined> {
  let begun = false
  for await (const page of pair.items()) {
    if (!begun) {
      begun = true
      yield html`<div class="table"><table><caption>${say.table.messagesOf(pair.source)}</caption>
<thead><tr><th scope="col">${say.table.folder}</th><th scope="col" class="n">${say.table.key}</th><th scope="col">${say.table.received}</th><th scope="col" class="n">${say.table.size}</th><th scope="col">${say.reasons.outcome}</th><th scope="col">${say.reasons.reason}</th></tr></thead>
<tbody>`
    }
    yield html`${page.map(item => itemRow(say, item))}`
  }
  if (begun)
    yield html`</tbody></table></div>
`
}

const itemRow = (say: Say, item: ListedItem): Markup =>
  html`<tr><th scope="row">${item.folder}</th><td class="n">${item.key}</td><td>${time(item.received)}</td><td class="n">${say.size(item.size)}</td><td>${say.outcomes[item.outcome]}</td><td class="w">${item.reason}</td></tr>
`
