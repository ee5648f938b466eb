import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import { type SeedFolder, seedMailbox } from '../support/mailbox.ts'
import { asOwner, type Migration, migrationBetween } from '../support/migration.ts'
import { snapshot } from '../support/snapshot.ts'

const message = (n: number) => ({
  body: `From: anna@old.example\r\nSubject: number ${n}\r\nMessage-ID: <${n}@old.example>\r\n\r\n${'text '.repeat(n)}\r\n`,
  received: new Date(Date.UTC(2026, 0, 5, 10, 0, n)),
})
const twice = [1, 1, 2, 3, 3, 3].map(message)
const mailbox: SeedFolder[] = [
  { path: ['INBOX'], messages: twice },
  { path: ['Work'], messages: [4, 5].map(message) },
]

describe('reset of the migration state', () => {
  let source: Dovecot
  let target: Dovecot
  let users = 0

  before(async () => {
    ;[source, target] = await Promise.all([startDovecot({ anyUser: 'secret' }), startDovecot({ anyUser: 'secret', specialUse: true })])
  })
  after(async () => {
    await Promise.all([source, target].map(server => server[Symbol.asyncDispose]()))
  })

  const migrated = async (): Promise<{ user: string; migration: Migration }> => {
    const user = `reset${++users}`
    await seedMailbox(source, user, mailbox)
    const migration = await migrationBetween(source, target, { user })
    assert.equal((await migration.run()).state, 'completed')
    return { user, migration }
  }
  const inbox = async (user: string) => (await snapshot(target, user)).folders.get('INBOX') ?? []

  it('by adopt finds what is already there, duplicates included, and copies only the rest', async () => {
    const { user, migration } = await migrated()
    await using _ = migration
    await migration.reset('adopt')
    await seedMailbox(source, user, [{ path: ['INBOX'], messages: [message(1), message(9)] }])
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await migration.counts(), { adopted: 8, done: 2 })
    const [left, right] = await Promise.all([snapshot(source, user), snapshot(target, user)])
    assert.deepEqual(
      compareSnapshots({ ...left, subscriptions: [] }, { ...right, subscriptions: [] }).filter(line => !line.includes('extra')),
      [],
    )
    assert.equal((await inbox(user)).length, 8)
  })

  it('by adopt matches once: what comes later is copied, whatever lies in the target', async () => {
    const { user, migration } = await migrated()
    await using _ = migration
    await migration.reset('adopt')
    assert.equal((await migration.run()).state, 'completed')
    await seedMailbox(target, user, [{ path: ['Later'], messages: [message(30)] }])
    await seedMailbox(source, user, [{ path: ['Later'], messages: [message(30)] }])
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await migration.counts(), { adopted: 8, done: 1 })
  })

  it('by forget copies everything once more', async () => {
    const { user, migration } = await migrated()
    await using _ = migration
    await migration.reset('forget')
    assert.equal((await migration.run()).state, 'completed')
    assert.equal((await inbox(user)).length, 12)
  })

  it('by remove takes away what was written, and only that', async () => {
    const { user, migration } = await migrated()
    await using _ = migration
    await seedMailbox(target, user, [{ path: ['INBOX'], messages: [message(77)] }])
    await migration.reset('remove')
    assert.equal((await inbox(user)).length, 1)
    assert.equal((await migration.run()).state, 'completed')
    assert.equal((await inbox(user)).length, 7)
  })

  it('never deletes what was adopted', async () => {
    const { user, migration } = await migrated()
    await using _ = migration
    await migration.reset('adopt')
    assert.equal((await migration.run()).state, 'completed')
    await migration.change({ policy: 'mirror' })
    await asOwner(source, user, 'INBOX', ['UID STORE 1 +FLAGS.SILENT (\\Deleted)', 'EXPUNGE'])
    assert.equal((await migration.run({ deletionsAllowed: 100 })).state, 'completed')
    assert.equal((await inbox(user)).length, 6)
  })
})
