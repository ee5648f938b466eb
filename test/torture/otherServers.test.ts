import assert from 'node:assert/strict'
import type { PairState } from '../../src/domain/pair.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { startDovecot } from '../support/dovecot.ts'
import type { Personality } from '../support/hostile/personality.ts'
import { bare, courierLike, cyrusLike, exchangeLike, gmailLike, startHostileImap } from '../support/hostileImap.ts'
import { type SeedFolder, type SeedMessage, seedMailbox } from '../support/mailbox.ts'
import { migrationBetween } from '../support/migration.ts'
import { snapshot } from '../support/snapshot.ts'
import { targetFolders } from './targetFolders.ts'

const users = { anna: 'secret' }

const mails = (count: number, flags: readonly string[] = ['\\Seen']): SeedMessage[] =>
  Array.from({ length: count }, (_, at) => ({
    body: `From: ada@example.com\r\nSubject: ${at}\r\nMessage-ID: <${at}@example.com>\r\n\r\n${'text '.repeat(at * 10)}\r\n`,
    flags,
    received: new Date(1_500_000_000_000 + at * 60_000),
  }))

const office: SeedFolder[] = [
  { path: ['INBOX'], subscribed: true, messages: mails(30) },
  { path: ['Work'], subscribed: true, messages: mails(12) },
  { path: ['Work', 'Plänе 2024'], messages: mails(5) },
  { path: ['Version 1-2'], messages: mails(3) },
]

const servers: Record<string, Personality> = { bare, exchangeLike, gmailLike, courierLike, cyrusLike }

describe('mail from other servers', () => {
  for (const [name, personality] of Object.entries(servers)) {
    it(`arrives from a server that is ${name}, and a delta carries what came later`, async () => {
      await using source = await startHostileImap({ users, personality })
      await using target = await startDovecot({ users })
      source.seed('anna', office)
      await using migration = await migrationBetween(source, target)
      const first = await migration.run()
      assert.deepEqual(completed(first), {})
      source.seed('anna', [{ path: ['INBOX'], messages: mails(33).slice(30) }])
      const second = await migration.run()
      assert.deepEqual(completed(second), {})
      const places = targetFolders(migration.ledgerFile)
      const copy = await snapshot(target, 'anna')
      assert.deepEqual(compareSnapshots(source.snapshot('anna'), copy, { rename: folder => places.get(folder) ?? folder }), [])
    })
  }

  it('arrives from an inbox in another case and from folders with names of 300 characters', async () => {
    await using source = await startHostileImap({ users, personality: { ...bare, literals: '+' } })
    await using target = await startDovecot({ users })
    const long = ['n'.repeat(300), 'ä'.repeat(300), `${'n'.repeat(299)}x`]
    source.seed('anna', [{ path: ['INBOX'], messages: mails(2) }, ...long.map(name => ({ path: ['Long', name], messages: mails(2) }))])
    const store = source.store('anna')
    const inbox = store.folders.get('INBOX')
    assert.ok(inbox)
    store.folders.delete('INBOX')
    store.folders.set('INBOX', { ...inbox, name: 'Inbox' })
    await using migration = await migrationBetween(source, target)
    const state = await migration.run()
    assert.deepEqual(completed(state), {})
    const copy = await snapshot(target, 'anna')
    assert.equal(copy.folders.get('INBOX')?.length, 2)
    const places = targetFolders(migration.ledgerFile)
    assert.equal(new Set(places.values()).size, places.size)
    for (const name of long) assert.equal(copy.folders.get(places.get(`Long/${name}`) ?? '')?.length, 2, name.slice(0, 5))
  })

  it('is listed where the target changes its bytes: bare line feeds and NULs', async () => {
    await using source = await startHostileImap({ users })
    await using target = await startDovecot({ users })
    const bodies = ['Subject: lf\n\nx\ny\n', 'Subject: nul\r\n\r\nx\0y\r\n', 'Subject: good\r\n\r\nx\r\n']
    source.seed('anna', [{ path: ['INBOX'], messages: bodies.map(body => ({ body })) }])
    await using migration = await migrationBetween(source, target)
    const state = await migration.run()
    assert.equal(state.state, 'completedWithDifferences')
    assert.equal((await snapshot(target, 'anna')).folders.get('INBOX')?.length, 3)
  })
})

describe('mail to other servers', () => {
  it('goes below the prefix and the other delimiter of a Courier', async () => {
    await using source = await startDovecot({ users })
    await using target = await startHostileImap({ users, personality: courierLike })
    await seedMailbox(source, 'anna', [...office, { path: ['Version 1.2 ~ a'], messages: mails(2) }])
    await using migration = await migrationBetween(source, target)
    const state = await migration.run()
    assert.deepEqual(completed(state), {})
    const places = targetFolders(migration.ledgerFile)
    assert.deepEqual(
      lostOf(compareSnapshots(await snapshot(source, 'anna'), target.snapshot('anna'), { rename: folder => places.get(folder) ?? folder })),
      [],
    )
  })

  it('is listed where a Cyrus refuses it, and the rest arrives', async () => {
    await using source = await startHostileImap({ users })
    await using target = await startHostileImap({ users, personality: cyrusLike })
    const bad = ['Subject: nul\r\n\r\n\0\r\n', 'Subject: lf\n\nx\n', 'Subject: Gr\u00fc\u00dfe\r\n\r\nx\r\n']
    source.seed('anna', [
      { path: ['INBOX'], messages: [...mails(40), ...bad.map(body => ({ body })), ...mails(40)] },
      { path: ['Other'], messages: mails(5) },
    ])
    await using migration = await migrationBetween(source, target)
    const state = await migration.run()
    assert.deepEqual(await migration.counts(), { done: 85, failed: 3 })
    assert.equal(state.state === 'completedWithDifferences' && state.differences, 3)
    const lost = lostOf(compareSnapshots(source.snapshot('anna'), target.snapshot('anna')))
    assert.equal(lost.length, 3)
    assert.ok(lost.every(line => line.includes('missing')))
  })

  it('arrives without keywords on an Exchange, which is told, and not twice in a delta', async () => {
    await using source = await startDovecot({ users })
    await using target = await startHostileImap({ users, personality: exchangeLike })
    await seedMailbox(source, 'anna', [{ path: ['INBOX'], messages: mails(20, ['\\Seen', '$Label1']) }])
    await using migration = await migrationBetween(source, target)
    await migration.run()
    await migration.run()
    const copy = target.snapshot('anna').folders.get('INBOX') ?? []
    assert.equal(copy.length, 20)
    assert.ok(copy.every(message => message.flags.join() === '\\Seen'))
  })

  it('is one message on a Gmail that knows it already, and that is not hidden', async () => {
    await using source = await startDovecot({ users })
    await using target = await startHostileImap({ users, personality: gmailLike })
    const [twin] = mails(1)
    assert.ok(twin)
    await seedMailbox(source, 'anna', [{ path: ['INBOX'], messages: [twin, ...mails(5).slice(1), twin] }])
    await using migration = await migrationBetween(source, target)
    const state = await migration.run()
    assert.equal(target.snapshot('anna').folders.get('INBOX')?.length, 5)
    assert.equal(state.state, 'completedWithDifferences')
  })
})

/** What is missing or changed; folders that the target had before are no loss. */
const lostOf = (differences: readonly string[]): string[] => differences.filter(line => !line.endsWith('is extra'))

/** Nothing where a pair is completed, else its whole state: what a failing test shows. */
const completed = (state: PairState): object => (state.state === 'completed' ? {} : state)
