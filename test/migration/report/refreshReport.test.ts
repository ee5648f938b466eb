import assert from 'node:assert/strict'
import { type RefreshLine, refreshCsv, refreshHtml } from '../../../src/migration/report/refreshReport.ts'

const lines: readonly RefreshLine[] = [
  { side: 'source', mailbox: 'anna@old.example', outcome: 'unchanged', address: 'anna@old.example' },
  { side: 'source', mailbox: '<bert>@old.example', outcome: 'refreshed', address: '=bert@new.example' },
  { side: 'target', mailbox: 'carl@old.example', outcome: 'ambiguous', candidates: ['carl@a.example', 'carl@b.example'] },
  { side: 'target', mailbox: 'dora@old.example', outcome: 'failed', problem: 'no answer' },
]
const report = { job: 'Move & more', at: '2026-01-01T00:00:00.000Z', version: '1.0.0', language: 'en', lines } as const
const whole = async (text: AsyncIterable<string>): Promise<string> => {
  let all = ''
  for await (const part of text) all += part
  return all
}

describe('the report of refreshed addresses', () => {
  it('is a table with the old and the new address of each mailbox, harmless to a spreadsheet', async () => {
    assert.deepEqual((await whole(refreshCsv(report))).replace('\uFEFF', '').split('\r\n'), [
      'side,outcome,before,now,candidates,problem',
      'source,unchanged,anna@old.example,anna@old.example,,',
      "source,refreshed,<bert>@old.example,'=bert@new.example,,",
      'target,ambiguous,carl@old.example,,carl@a.example carl@b.example,',
      'target,failed,dora@old.example,,,no answer',
      '',
    ])
  })

  it('is a page that shows first what there is to do, and nothing as markup', async () => {
    const page = await whole(refreshHtml(report))
    assert.deepEqual(
      [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title),
      ['Failed: 1', 'Ambiguous: 1', 'Refreshed: 1', 'Unchanged: 1'],
    )
    assert.match(page, /<h1>Move &amp; more<\/h1>/)
    assert.match(page, /&lt;bert&gt;@old\.example<\/th><td class="w">=bert@new\.example/)
    assert.match(page, /carl@a\.example, carl@b\.example/)
  })

  it('is in German where that is asked for', async () => {
    const page = await whole(refreshHtml({ ...report, language: 'de' }))
    assert.match(page, /<html lang="de">/)
    assert.deepEqual(
      [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title),
      ['Gescheitert: 1', 'Mehrdeutig: 1', 'Aktualisiert: 1', 'Unverändert: 1'],
    )
    assert.match(page, /<td>Quelle<\/td>/)
    assert.doesNotMatch(page, />(source|target|Refreshed|Now|Side)\b/)
  })
})
