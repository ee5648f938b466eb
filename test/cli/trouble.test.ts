import assert from 'node:assert/strict'
import { readFileSync, utimesSync } from 'node:fs'
import { type CliEvent, cli, type Finished, privateFile } from '../support/cli.ts'
import { type Company, type CompanyOptions, passwordOf, startCompany } from '../support/company.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { tempDir } from '../support/tempDir.ts'

/** What became of each mailbox, by its last event. */
const ends = ({ events }: Finished): Record<string, string> =>
  Object.fromEntries(
    events
      .filter(isPairEvent)
      .map(({ source, state: { state, error } }) => [source, error === undefined ? state : `${state}: ${error.code}`]),
  )

type PairEvent = CliEvent & {
  readonly source: string
  readonly state: { readonly state: string; readonly error?: { readonly code: string } }
}

const isPairEvent = (event: CliEvent): event is PairEvent => event.event === 'pair'

async function migrated(
  options: CompanyOptions,
  prepare: (company: Company) => Promise<void> | void,
  test: (company: Company) => Promise<void>,
): Promise<void> {
  await using company = await startCompany(options)
  await company.apply()
  await prepare(company)
  await test(company)
}

const writeSecrets = (company: Company, rows: Record<string, string>): string =>
  company.file(
    'passwords.csv',
    `mailbox,user,password\n${Object.entries(rows)
      .map(([user, password]) => `${user},${user},${password}\n`)
      .join('')}`,
  )

const refusals = (company: Company): number => company.source.log().match(/auth failed/g)?.length ?? 0

describe('a run in trouble', () => {
  it('leaves a mailbox with a wrong password waiting, moves the others, and does not ask again until there is a new one', () =>
    migrated(
      { mailboxes: ['anna', 'berta'] },
      company => {
        writeSecrets(company, { anna: 'canary-wrong', berta: passwordOf('berta') })
      },
      async company => {
        const first = await company.run('job', 'start', 'move', '--json')
        assert.deepEqual(ends(first), { anna: 'waiting: signIn.refused', berta: 'completed' })
        assert.equal(first.code, 5)
        const asked = refusals(company)
        assert.ok(asked >= 1)

        const second = await company.run('job', 'start', 'move', '--json')
        assert.deepEqual([ends(second), second.code, refusals(company)], [{ anna: 'waiting: signIn.stopped' }, 5, asked])

        const inTheFuture = new Date(Date.now() + 2000)
        utimesSync(writeSecrets(company, { anna: passwordOf('anna'), berta: passwordOf('berta') }), inTheFuture, inTheFuture)
        const third = await company.run('job', 'start', 'move', '--json')
        assert.deepEqual([ends(third), third.code], [{ anna: 'completed' }, 0])
        assert.match((await company.run('connection', 'list')).stdout, /old .*not verified/)
      },
    ))

  it('asks a server once with an admin’s wrong password, however many mailboxes wait', async () => {
    const mailboxes = ['anna', 'berta', 'clara', 'dora', 'emil']
    await using company = await startCompany({ mailboxes, messages: 1, source: { masterUser: { user: 'boss', password: 'canary-boss' } } })
    company.file('boss', 'canary-wrong\n')
    await company.apply({
      source: { signIn: { method: 'admin', user: 'boss', actAs: 'separator', separator: '*' }, secret: { file: 'boss' } },
    })
    const { code, stdout } = await company.run('job', 'start', 'move', '--json')
    assert.ok(code === 5 || code === 6, stdout)
    assert.ok(refusals(company) <= 2, `${refusals(company)} refused sign-ins`)
    assert.match((await company.run('connection', 'list')).stdout, /credentials needed/)
  })

  it('leaves a mailbox without a sign-in waiting, named as it is', () =>
    migrated(
      { mailboxes: ['anna', 'berta'] },
      company => {
        writeSecrets(company, { berta: passwordOf('berta') })
      },
      async company => {
        const { code, stdout, stderr } = await company.run('job', 'start', 'move')
        assert.match(stdout, /anna: waiting for credentials: .*no row for the mailbox “anna”/)
        assert.match(stdout, /berta: completed/)
        assert.equal(code, 5, stderr)
      },
    ))

  it('ends with one clear error when a server can’t be reached at all', () =>
    migrated(
      { mailboxes: ['anna', 'berta', 'clara'] },
      async company => {
        await company.target.stop()
      },
      async company => {
        const { code, stderr } = await company.run('job', 'start', 'move')
        assert.match(stderr, /refused the connection on port/)
        assert.equal(code, 3)
        await company.target.restart()
        assert.equal((await company.run('job', 'start', 'move')).code, 0)
      },
    )).timeout(40_000)

  it('leaves a full target mailbox waiting with what it has, and moves the others', () =>
    migrated(
      { mailboxes: ['anna', 'berta'], target: { quota: 300_000 } },
      company =>
        seedMailbox(company.source, 'anna', [
          { path: ['Big'], messages: Array.from({ length: 20 }, (_, n) => ({ body: `Subject: ${n}\r\n\r\n${'x'.repeat(50_000)}\r\n` })) },
        ]),
      async company => {
        const run = await company.run('job', 'start', 'move', '--json')
        assert.deepEqual(ends(run), { anna: 'waiting: mailbox.full', berta: 'completed' })
        assert.equal(run.code, 9)
      },
    ))

  it('lists a message over the target’s limit, and moves the rest', () =>
    migrated(
      { target: { maxMessageSize: 100_000 } },
      company =>
        seedMailbox(company.source, 'anna', [{ path: ['INBOX'], messages: [{ body: `Subject: huge\r\n\r\n${'x'.repeat(200_000)}\r\n` }] }]),
      async company => {
        const { code, stdout } = await company.run('job', 'start', 'move')
        assert.match(stdout, /anna: completed with 1 difference/)
        assert.equal(code, 10)
        await company.run('job', 'report', 'move', '--out', 'report.json')
        assert.match(readFileSync(`${company.dir}/report.json`, 'utf8'), /item\.tooLarge/)
      },
    ))

  it('names a job that isn’t, and a mailbox that isn’t in it', () =>
    migrated(
      {},
      () => {},
      async company => {
        const job = await company.run('job', 'start', 'mvoe')
        assert.deepEqual([job.code, /“mvoe”.*\n?.*“move”/.test(job.stderr)], [2, true], job.stderr)
        const mailbox = await company.run('job', 'start', 'move', '--pair', 'zoe')
        assert.deepEqual([mailbox.code, /“zoe”/.test(mailbox.stderr)], [2, true], mailbox.stderr)
      },
    ))

  it('goes on when a server comes back', async () => {
    await using company = await startCompany({ messages: 400 })
    await company.apply({ job: { limits: { megabytesPerSecond: 0.05 } } })
    const run = company.start('job', 'start', 'move', '--json')
    await run.says(/"phase":"copy"/)
    await company.source.restart()
    const { code, stdout } = await run.finished
    assert.equal(code, 0, stdout)
  }).timeout(60_000)

  it('refuses a ledger that is none', async () => {
    using dir = tempDir()
    const file = privateFile(dir.path, 'letter.txt', 'Dear ledger, '.repeat(100))
    const { code, stderr } = await cli(['job', 'list', '--ledger', file])
    assert.deepEqual([code, /letter\.txt is not a Mailferry ledger/.test(stderr)], [12, true], stderr)
  })
})
