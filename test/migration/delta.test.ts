import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'mocha'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { type SeedFolder, seedMailbox } from '../support/mailbox.ts'
import { asOwner, type Migration, migrationBetween } from '../support/migration.ts'
import { snapshot } from '../support/snapshot.ts'

const message = (n: number, flags: string[] = []) => ({
  body: `From: Anna <anna@old.example>\r\nTo: Bernd <bernd@old.example>\r\nSubject: number ${n}\r\nMessage-ID: <${n}@old.example>\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n\r\n${'text '.repeat(n + 1)}\r\n`,
  flags,
  received: new Date(Date.UTC(2026, 0, 5, 10, 0, n)),
})
const messages = (count: number, from = 0) => Array.from({ length: count }, (_, n) => message(from + n))

const mailbox: SeedFolder[] = [
  { path: ['INBOX'], messages: messages(30) },
  { path: ['Projects'], subscribed: true, messages: messages(10, 100) },
  { path: ['Projects', 'Ferry'], messages: messages(5, 200) },
  { path: ['Empty'], subscribed: true },
]

describe('delta migration', () => {
  let source: Dovecot
  let target: Dovecot
  let migration: Migration
  let user: string
  let users = 0

  before(async () => {
    ;[source, target] = await Promise.all([startDovecot({ anyUser: 'secret' }), startDovecot({ anyUser: 'secret' })])
  })
  after(async () => {
    await Promise.all([source, target].map(server => server[Symbol.asyncDispose]()))
  })
  beforeEach(async () => {
    user = `anna${++users}`
    await seedMailbox(source, user, mailbox)
  })
  afterEach(() => migration[Symbol.asyncDispose]())

  const begin = async (job: Record<string, unknown> = {}): Promise<void> => {
    migration = await migrationBetween(source, target, { user, job })
    assert.equal((await migration.run()).state, 'completed')
  }
  const differences = async (): Promise<string[]> => compareSnapshots(await snapshot(source, user), await snapshot(target, user))
  const messagesIn = async (server: Dovecot, folder: string) => (await snapshot(server, user)).folders.get(folder) ?? []

  it('has nothing to do where nothing changed', async () => {
    await begin()
    assert.deepEqual(await differences(), [])
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await differences(), [])
  })

  it('carries over new messages, flags, keywords and folders', async () => {
    await begin()
    await seedMailbox(source, user, [
      { path: ['INBOX'], messages: messages(3, 500) },
      { path: ['New folder'], subscribed: true, messages: messages(2, 600) },
    ])
    await asOwner(source, user, 'INBOX', [
      'UID STORE 1:4 FLAGS.SILENT (\\Seen \\Flagged $Forwarded)',
      'UID STORE 5 FLAGS.SILENT (\\Answered)',
    ])
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await differences(), [])
  })

  it('leaves flags alone that a person changed on the target', async () => {
    await begin()
    await asOwner(target, user, 'INBOX', ['UID STORE 1 FLAGS.SILENT (\\Flagged)'])
    await asOwner(source, user, 'INBOX', ['UID STORE 1 FLAGS.SILENT (\\Seen)', 'UID STORE 2 FLAGS.SILENT (\\Seen)'])
    assert.equal((await migration.run()).state, 'completed')
    const [first, second] = await messagesIn(target, 'INBOX')
    assert.deepEqual([first?.flags, second?.flags], [['\\Flagged'], ['\\Seen']])
  })

  it('moves what was moved, without copying it again', async () => {
    await begin()
    const before = await messagesIn(target, 'INBOX')
    await asOwner(source, user, 'INBOX', ['UID MOVE 1:5 "Projects/Ferry"'])
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await differences(), [])
    assert.equal((await messagesIn(target, 'INBOX')).length, before.length - 5)
    assert.deepEqual(await migration.counts(), { done: 45 })
  })

  it('follows a renamed folder', async () => {
    await begin()
    await asOwner(source, user, 'INBOX', ['RENAME "Projects/Ferry" "Projects/Boat"'])
    assert.equal((await migration.run()).state, 'completed')
    assert.equal((await messagesIn(target, 'Projects/Boat')).length, 5)
    assert.equal((await messagesIn(target, 'Projects/Ferry')).length, 0)
  })

  it('keeps on the target what was deleted on the source, unless the job mirrors', async () => {
    await begin()
    await asOwner(source, user, 'INBOX', ['UID STORE 7 +FLAGS.SILENT (\\Deleted)', 'UID EXPUNGE 7'])
    assert.equal((await migration.run()).state, 'completed')
    assert.equal((await messagesIn(target, 'INBOX')).length, 30)
    assert.deepEqual(await migration.counts(), { done: 44, orphaned: 1 })
  })

  it('mirrors a few deletions', async () => {
    await begin({ policy: 'mirror' })
    await asOwner(source, user, 'INBOX', ['UID STORE 7 +FLAGS.SILENT (\\Deleted)', 'UID EXPUNGE 7'])
    assert.equal((await migration.run()).state, 'completed')
    assert.equal((await messagesIn(target, 'INBOX')).length, 29)
    assert.deepEqual(await migration.counts(), { done: 44, removed: 1 })
  })

  it('asks before it mirrors many deletions, and carries over all else meanwhile', async () => {
    await begin({ policy: 'mirror' })
    await asOwner(source, user, 'INBOX', ['UID STORE 1:9 +FLAGS.SILENT (\\Deleted)', 'UID EXPUNGE 1:9'])
    await seedMailbox(source, user, [{ path: ['Projects'], messages: messages(1, 700) }])
    const held = await migration.run()
    assert.equal(held.state === 'waiting' && held.error.code, 'pair.deletionsHeld')
    assert.equal((await messagesIn(target, 'INBOX')).length, 30)
    assert.equal((await messagesIn(target, 'Projects')).length, 11)

    assert.equal((await migration.run({ deletionsAllowed: 9 })).state, 'completed')
    assert.equal((await messagesIn(target, 'INBOX')).length, 21)
  })

  it('deletes nothing when the source was emptied', async () => {
    await begin({ policy: 'mirror' })
    for (const folder of ['INBOX', 'Projects', 'Projects/Ferry'])
      await asOwner(source, user, folder, ['UID STORE 1:* +FLAGS.SILENT (\\Deleted)', 'EXPUNGE'])
    await migration.run({ deletionsAllowed: 1000 })
    assert.equal((await messagesIn(target, 'INBOX')).length, 30)
  })

  it('does not copy again what a person deleted or moved on the target', async () => {
    await begin()
    await asOwner(target, user, 'INBOX', ['UID STORE 1 +FLAGS.SILENT (\\Deleted)', 'UID EXPUNGE 1', 'UID MOVE 2 Projects'])
    await asOwner(source, user, 'INBOX', ['UID STORE 1:2 +FLAGS.SILENT (\\Seen)'])
    assert.equal((await migration.run()).state, 'completed')
    assert.equal((await messagesIn(target, 'INBOX')).length, 28)
    assert.equal((await messagesIn(target, 'Projects')).length, 11)
  })

  it('tries again what a filter left out before', async () => {
    await begin({ filters: { receivedTo: '2026-01-05T10:00:10Z' } })
    assert.equal((await messagesIn(target, 'INBOX')).length, 10)
    await migration.change({ filters: {} })
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await differences(), [])
  })

  it('stops when the source mailbox was replaced by a new one', async () => {
    await begin({ policy: 'mirror' })
    await source.doveadm('mailbox', 'delete', '-u', user, '-s', 'Projects/Ferry', 'Projects', 'Empty')
    await asOwner(source, user, 'INBOX', ['UID STORE 1:* +FLAGS.SILENT (\\Deleted)', 'EXPUNGE'])
    await renumber(source, ['INBOX'])
    const state = await migration.run()
    assert.equal(state.state === 'waiting' && state.error.code, 'mailbox.replaced')
    assert.equal((await messagesIn(target, 'INBOX')).length, 30)
  })

  it('matches anew instead of copying again where the source renumbered its folders', async () => {
    await begin()
    await renumber(source, ['INBOX', 'Projects', 'Projects/Ferry', 'Empty'])
    await seedMailbox(source, user, [{ path: ['INBOX'], messages: messages(2, 800) }])
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await differences(), [])
    assert.deepEqual(await migration.counts(), { done: 47 })
  })

  it('matches anew where the target renumbered its folders, and goes on carrying changes over', async () => {
    await begin()
    await renumber(target, ['INBOX', 'Projects', 'Projects/Ferry', 'Empty'])
    await asOwner(source, user, 'INBOX', ['UID STORE 3 FLAGS.SILENT (\\Flagged)'])
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await differences(), [])
  })

  /** Gives folders a new UIDVALIDITY, as a server does that lost its index. */
  const renumber = async (server: Dovecot, folders: readonly string[]): Promise<void> => {
    const validity = String(1_900_000_000 + users)
    for (const folder of folders) await server.doveadm('mailbox', 'update', '-u', user, '--uid-validity', validity, folder)
  }
})
