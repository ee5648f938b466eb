import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { notExamined } from '../../../src/domain/notExamined.ts'
import { report } from '../../../src/migration/report/buildReport.ts'
import type { Report } from '../../../src/migration/report/model.ts'
import { formatOf, saveReport, writeCsv, writeHtml, writeItemsCsv, writeJson } from '../../../src/migration/report/writeReport.ts'
import { all } from '../../ledger/support.ts'
import { tempDir } from '../../support/tempDir.ts'
import { sampleJob } from './sample.ts'

const options = { version: '9.9.9' }

describe('the report of a job', () => {
  it('is complete when every message was written and read back', async () => {
    await using sample = await sampleJob({ trouble: false })
    const result = await report(sample.ledger, sample.job, options)
    assert.equal(result.verdict, 'complete')
    assert.equal(result.totals.source.items, 392)
    assert.deepEqual(result.totals.target, result.totals.source)
    assert.equal(result.totals.readBack, 392)
    assert.deepEqual(await all(result.items()), [])
  })

  it('counts each message once, on both sides', async () => {
    await using sample = await sampleJob()
    const { totals, verdict, states } = await report(sample.ledger, sample.job, options)
    const items = Object.fromEntries(
      Object.entries(totals).flatMap(([name, amount]) => (typeof amount === 'number' ? [] : [[name, amount.items]])),
    )
    assert.deepEqual(items, {
      source: 392 + 148 + 3 + 40 + 2 + 5 + 4 + 2,
      target: 392 + 150 + 5 + 4,
      written: 392 + 148 + 4,
      adopted: 5,
      filtered: 40,
      failed: 5,
      open: 2,
      orphaned: 2,
      removed: 0,
    })
    assert.equal(verdict, 'incomplete')
    assert.deepEqual(states, { completed: 1, completedWithDifferences: 1, failed: 1 })
  })

  it('lists every message that is not simply migrated, with its reason', async () => {
    await using sample = await sampleJob()
    const items = await all((await report(sample.ledger, sample.job, options)).items())
    const byOutcome = Object.fromEntries([...Map.groupBy(items, item => item.outcome)].map(([outcome, list]) => [outcome, list.length]))
    assert.deepEqual(byOutcome, { failed: 5, open: 2, filtered: 40, orphaned: 2, notReadBack: 1, marksDropped: 2 })
    const [large] = items.filter(item => item.code === 'item.tooLarge')
    assert.equal(large?.folder, 'INBOX')
    assert.equal(large?.received, '2019-03-04T05:06:07.000Z')
    assert.match(large?.reason ?? '', /takes at most 52.4 MB/)
    assert.match(items.find(item => item.outcome === 'marksDropped')?.reason ?? '', /\$label1/)
  })

  it('sums up the reasons, most frequent first', async () => {
    await using sample = await sampleJob()
    const { reasons } = await report(sample.ledger, sample.job, options)
    assert.equal(reasons[0]?.code, 'filter.tooOld')
    assert.equal(reasons[0]?.items, 40)
    assert.equal(
      reasons.reduce((sum, reason) => sum + reason.items, 0),
      52,
    )
  })

  it('tells which folders have another name on the target', async () => {
    await using sample = await sampleJob()
    const result = await report(sample.ledger, sample.job, options)
    const folders: [string, string | undefined][] = []
    for await (const pair of result.pairReports())
      for (const folder of pair.folders) if (folder.mapped) folders.push([folder.source, folder.target])
    assert.deepEqual(folders, [
      ['Gesendet', 'Sent'],
      ['Projekte/A\\/B "<i>&amp;', 'Projekte/A_B'],
      ['=cmd()/a, "quoted" name', '_cmd()'],
    ])
  })
})

describe('the report in files', () => {
  it('is one JSON document', async () => {
    await using sample = await sampleJob()
    const document = JSON.parse(await textOf(sample, writeJson))
    assert.equal(document.version, '9.9.9')
    assert.deepEqual(document.notExamined, ['accessLists', 'sieve'])
    assert.deepEqual(
      document.mailboxes.map((pair: { source: string; folders: unknown[]; items: unknown[] }) => [
        pair.source,
        pair.folders.length,
        pair.items.length,
      ]),
      [
        ['ann@example.org', 3, 0],
        ['=bob@example.org', 3, 52],
        ['carla@example.org', 0, 0],
      ],
    )
    assert.equal(document.mailboxes[2].problem.code, 'mailbox.full')
  })

  it('is two tables of CSV that no spreadsheet calculates', async () => {
    await using sample = await sampleJob()
    const folders: Record<string, string>[] = parse(await textOf(sample, writeCsv), { columns: true, bom: true })
    const items: Record<string, string>[] = parse(await textOf(sample, writeItemsCsv), { columns: true, bom: true })
    assert.equal(folders.length, 7)
    assert.equal(items.length, 52)
    const odd = folders.find(folder => folder['sourceFolder']?.includes('quoted'))
    assert.equal(odd?.['sourceFolder'], `'=cmd()/a, "quoted" name`)
    assert.equal(odd?.['sourceMailbox'], `'=bob@example.org`)
    assert.equal(odd?.['failedItems'], '2')
    assert.equal(
      folders.reduce((sum, folder) => sum + Number(folder['sourceItems']), 0),
      596,
    )
  })

  it('is one page of HTML that loads nothing and lets no name become markup', async () => {
    await using sample = await sampleJob()
    const page = await textOf(sample, writeHtml)
    assert.doesNotMatch(page, /<script|<link|<img|src=|https?:/)
    assert.doesNotMatch(page, /<i>/)
    assert.match(page, /<dt>Not examined<\/dt><dd>access lists of folders \(ACL\), filters on the server \(Sieve\)<\/dd>/)
    assert.match(page, /received from 2015-01-01; without the folders Spam; only folders of mail, calendar</)
    assert.match(page, /Projekte\/A\\\/B &quot;&lt;i&gt;&amp;amp;/)
    assert.equal(
      page.match(/item|<tr><th scope="row">INBOX<\/th><td class="n">1000</g)?.some(found => found.startsWith('<tr>')),
      true,
    )
    assert.equal(
      (page.match(/<(tr|table|details|div|tbody)[ >]/g) ?? []).length,
      (page.match(/<\/(tr|table|details|div|tbody)>/g) ?? []).length,
    )
  })

  it('says of a tenant what nobody looked at, and which script carries some of it over', async () => {
    await using sample = await sampleJob({ trouble: false })
    const result = await report(sample.ledger, sample.job, options)
    const cloud = {
      ...result,
      notExamined: notExamined('office365'),
      source: { name: 'a', kind: 'office365' },
      target: { name: 'b', kind: 'office365' },
    }
    const page: string[] = []
    const out = new Writable({
      write(chunk, _encoding, done) {
        page.push(String(chunk))
        done()
      },
    })
    await writeHtml(cloud, out)
    assert.match(
      page.join(''),
      /archive mailboxes, Recoverable Items, inbox rules, delegates, permissions, forwarding; mailferry job scripts &quot;Move&quot; writes/,
    )
  })

  it('is German where that is asked for: the page, the reasons and the words of errors', async () => {
    await using sample = await sampleJob()
    const german = await report(sample.ledger, sample.job, { ...options, language: 'de' })
    const page: string[] = []
    const out = new Writable({
      write(chunk, _encoding, done) {
        page.push(String(chunk))
        done()
      },
    })
    await writeHtml(german, out)
    const text = page.join('')
    for (const part of [
      '<html lang="de">',
      'Migrationsbericht',
      'Nicht fertig.',
      'nur Ordner mit E-Mail, Termine',
      'das Ziel nimmt höchstens 52,4 MB',
      'Empfangen vor dem Datum',
      'Nachrichten in der Quelle',
    ])
      assert.ok(text.includes(part), part)
    for (const left of ['Migration report', 'Mailbox by mailbox', 'read back', 'Not migrated', 'left out by'])
      assert.ok(!text.includes(left), left)
    const english = await report(sample.ledger, sample.job, options)
    assert.deepEqual(
      german.reasons.map(({ code, items }) => [code, items]),
      english.reasons.map(({ code, items }) => [code, items]),
    )
  })

  it('replaces a file only when the new one is whole', async () => {
    await using sample = await sampleJob()
    using dir = tempDir()
    const result = await report(sample.ledger, sample.job, options)
    const file = join(dir.path, 'new', 'report.csv')
    assert.deepEqual(await saveReport(result, file), [file, join(dir.path, 'new', 'report.items.csv')])
    writeFileSync(file, 'old')
    const broken: Report = {
      ...result,
      pairReports: async function* () {
        yield* result.pairReports()
        throw new Error('the ledger went away')
      },
    }
    await assert.rejects(saveReport(broken, file), /went away/)
    assert.equal(readFileSync(file, 'utf8'), 'old')
  })

  it('refuses names and places that can hold no report', async () => {
    await using sample = await sampleJob({ trouble: false, size: 1 })
    const result = await report(sample.ledger, sample.job, options)
    using dir = tempDir()
    writeFileSync(join(dir.path, 'file'), '')
    assert.throws(() => formatOf('report.pdf'), { code: 'usage' })
    await assert.rejects(saveReport(result, join(dir.path, 'file', 'report.json')), { code: 'file.unwritable' })
  })

  it('waits for a slow reader instead of holding a large report in memory', async () => {
    await using sample = await sampleJob()
    const result = await report(sample.ledger, sample.job, options)
    let made = 0
    let taken = 0
    const [page] = await all(toPages(result.items()))
    const endless: Report = {
      ...result,
      items: async function* () {
        for (; made < 2000; made++) yield page ?? []
      },
    }
    const ahead: number[] = []
    const slow = new Writable({
      write(_chunk, _encoding, done) {
        taken++
        ahead.push(made - taken)
        setImmediate(done)
      },
    })
    await writeItemsCsv(endless, slow)
    assert.equal(made, 2000)
    assert.ok(Math.max(...ahead) < 200, `${Math.max(...ahead)} pages were made ahead`)
  })
})

async function* toPages<Item>(pages: AsyncIterable<readonly Item[]>): AsyncGenerator<readonly (readonly Item[])[]> {
  for await (const page of pages) yield [page]
}

async function textOf(sample: Awaited<ReturnType<typeof sampleJob>>, write: typeof writeJson): Promise<string> {
  const chunks: Buffer[] = []
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  await write(await report(sample.ledger, sample.job, options), out)
  return Buffer.concat(chunks).toString('utf8')
}
