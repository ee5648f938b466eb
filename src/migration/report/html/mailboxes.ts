import type { FolderReport, ListedItem, PairReport, Report, Totals } from '../model.ts'
import { html, type Markup, nothing } from './escape.ts'
import { chip, count, counted, numberCell, outcomeWords, size, sizeCell, time } from './words.ts'

/** All mailboxes in one table, then each with its folders and its listed messages. */
export async function* mailboxes(report: Report): AsyncGenerator<Markup, void, undefined> {
  yield html`<h2 id="mailboxes">Mailboxes</h2><div class="table"><table>
<caption>Counts and sizes on both sides, as the ledger knows them. Messages that others put into the target are not counted.</caption>
<thead><tr><th scope="col">Mailbox</th><th scope="col">State</th><th scope="col" class="n">In the source</th><th scope="col" class="n">Size</th><th scope="col" class="n">In the target</th><th scope="col" class="n">Size</th><th scope="col" class="n">Not migrated</th><th scope="col" class="n">Left out</th></tr></thead>
<tbody>`
  let number = 0
  for await (const pair of report.pairReports()) yield pairRow(pair, ++number)
  yield html`</tbody><tfoot><tr><th scope="row">Together</th><td></td>${bothSides(report.totals)}${notMigrated(report.totals)}</tr></tfoot></table></div>
<h2>Mailbox by mailbox</h2>
`
  number = 0
  for await (const pair of report.pairReports()) yield* pairSection(pair, ++number)
}

const bothSides = ({ source, target }: Totals): Markup =>
  html`${numberCell(source.items)}${sizeCell(source)}${numberCell(target.items)}${sizeCell(target)}`

const notMigrated = ({ failed, open, filtered }: Totals): Markup =>
  html`${numberCell(failed.items + open.items)}${numberCell(filtered.items)}`

const pairRow = (pair: PairReport, number: number): Markup => html`<tr><th scope="row"><a href="#m${number}">${pair.source}</a>${
  pair.target === pair.source ? nothing : html`<span class="to">→ ${pair.target}</span>`
}</th><td>${chip(pair.state)}</td>${bothSides(pair.totals)}${notMigrated(pair.totals)}</tr>
`

async function* pairSection(pair: PairReport, number: number): AsyncGenerator<Markup, void, undefined> {
  const { totals } = pair
  yield html`<details id="m${number}"><summary><b>${pair.source}</b>${pair.target === pair.source ? nothing : html`<span>→ ${pair.target}</span>`} ${chip(pair.state)}<span class="soft">${counted(totals.target.items, 'message')} · ${size(totals.target.bytes)} · ${counted(pair.folders.length, 'folder')}</span></summary><div>
`
  if (pair.completed !== undefined)
    yield html`<p class="soft">Completed ${time(pair.completed)}; ${count(totals.readBack)} of ${counted(totals.written.items, 'message')} read back.</p>`
  if (pair.problem) yield html`<p><span class="why">${pair.problem.message} ${pair.problem.next}</span></p>`
  if (pair.folders.length > 0) {
    yield html`<div class="table"><table><caption>Folders of ${pair.source}</caption>
<thead><tr><th scope="col">Folder</th><th scope="col" class="n">In the source</th><th scope="col" class="n">Size</th><th scope="col" class="n">In the target</th><th scope="col" class="n">Size</th><th scope="col" class="n">Not migrated</th><th scope="col" class="n">Left out</th></tr></thead>
<tbody>${pair.folders.map(folderRow)}</tbody></table></div>
`
  }
  yield* itemTable(pair)
  yield html`</div></details>
`
}

const folderRow = (folder: FolderReport): Markup => html`<tr><th scope="row">${folder.source}${
  folder.mapped ? html`<span class="to">→ ${folder.target}</span>` : nothing
}${folder.problem ? html`<span class="why">${folder.problem.message}</span>` : nothing}${
  folder.leftOut ? html`<span class="left">${folder.leftOut.message}</span>` : nothing
}</th>${bothSides(folder.totals)}${notMigrated(folder.totals)}</tr>
`

async function* itemTable(pair: PairReport): AsyncGenerator<Markup, void, undefined> {
  let begun = false
  for await (const page of pair.items()) {
    if (!begun) {
      begun = true
      yield html`<div class="table"><table><caption>Messages of ${pair.source} that are not simply migrated</caption>
<thead><tr><th scope="col">Folder</th><th scope="col" class="n">Key</th><th scope="col">Received</th><th scope="col" class="n">Size</th><th scope="col">Outcome</th><th scope="col">Reason</th></tr></thead>
<tbody>`
    }
    yield html`${page.map(itemRow)}`
  }
  if (begun)
    yield html`</tbody></table></div>
`
}

const itemRow = (item: ListedItem): Markup =>
  html`<tr><th scope="row">${item.folder}</th><td class="n">${item.key}</td><td>${time(item.received)}</td><td class="n">${size(item.size)}</td><td>${outcomeWords[item.outcome]}</td><td class="w">${item.reason}</td></tr>
`
