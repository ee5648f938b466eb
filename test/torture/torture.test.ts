import assert from 'node:assert/strict'
import { chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PairState } from '../../src/domain/pair.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import { type Dovecot, startDovecot } from '../support/dovecot.ts'
import type { DovecotOptions } from '../support/dovecotConfig.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { migrationBetween } from '../support/migration.ts'
import { snapshot } from '../support/snapshot.ts'
import { tortureFolders } from './folders.ts'
import { tortureMessages } from './messages.ts'
import { targetFolders } from './targetFolders.ts'

const users = { anna: 'secret' }
const bare = 'IMAP4rev1'

describe('mails that are hard to move', () => {
  const routes: Record<string, { source?: DovecotOptions; target?: DovecotOptions }> = {
    'between two servers with all their extensions': {},
    'to a server without any extension': { target: { capability: bare } },
    'from a server without any extension': { source: { capability: bare } },
    'to a server that keeps mail as mdbox': { target: { mailFormat: 'mdbox' } },
  }
  for (const [name, { source: from = {}, target: to = {} }] of Object.entries(routes)) {
    it(`arrive byte for byte, with dates, flags and keywords, ${name}`, async () => {
      await using source = await startDovecot({ users, ...from })
      await using target = await startDovecot({ users, ...to })
      await seedMailbox(source, 'anna', [{ path: ['INBOX'], messages: tortureMessages() }])
      await using migration = await migrationBetween(source, target)
      const state = await migration.run()
      assert.deepEqual(compareSnapshots(await snapshot(source, 'anna'), await snapshot(target, 'anna')), [])
      assert.deepEqual(completed(state), {})
    })
  }

  it('arrive also when they lie in the store as no client could have put them there; what the target changes is a difference', async () => {
    await using source = await startDovecot({ users })
    await using target = await startDovecot({ users })
    await seedMailbox(source, 'anna', [{ path: ['INBOX'], messages: [{ body: 'Subject: first\r\n\r\nx\r\n' }] }])
    dropInto(
      source,
      'anna',
      tortureMessages().map(({ body }) => Buffer.from(body)),
    )
    await using migration = await migrationBetween(source, target)
    const state = await migration.run()
    // Dovecot stores CR CR LF as CR LF.
    assert.deepEqual(compareSnapshots(await snapshot(source, 'anna'), await snapshot(target, 'anna')), [
      'INBOX: bytes UID 16 (72274646) of 36 bytes became 34',
    ])
    assert.equal(state.state === 'completedWithDifferences' && state.differences, 1)
  })

  it('that are empty are listed when the target refuses them, and the rest arrives', async () => {
    await using source = await startDovecot({ users })
    await using target = await startDovecot({ users })
    await seedMailbox(source, 'anna', [{ path: ['INBOX'], messages: tortureMessages().slice(0, 5) }])
    dropInto(source, 'anna', [Buffer.alloc(0)])
    await using migration = await migrationBetween(source, target)
    const state = await migration.run()
    const [before, after] = [await snapshot(source, 'anna'), await snapshot(target, 'anna')]
    const lost = compareSnapshots(before, after)
    assert.equal(lost.length, 1)
    assert.match(lost[0] ?? '', /missing UID 6 \(e3b0c442\)/)
    assert.deepEqual(state.state, 'completedWithDifferences')
    assert.deepEqual(await migration.counts(), { done: 5, failed: 1 })
  })
})

describe('folders that are hard to move', () => {
  const targets: Record<string, DovecotOptions> = {
    'with the same delimiter': {},
    'with another delimiter and a prefix': { separator: '.', namespacePrefix: 'INBOX.' },
    'without any extension': { capability: bare },
  }
  for (const [name, options] of Object.entries(targets)) {
    it(`arrive with their messages on a server ${name}`, async function () {
      this.timeout(60_000)
      await using source = await startDovecot({ users })
      await using target = await startDovecot({ users, ...options })
      await seedFolders(source)
      await using migration = await migrationBetween(source, target)
      const state = await migration.run()
      const places = targetFolders(migration.ledgerFile)
      const [before, after] = [await snapshot(source, 'anna'), await snapshot(target, 'anna', options)]
      assert.equal(new Set(places.values()).size, places.size, 'no two folders become one')
      assert.deepEqual(compareSnapshots(before, after, { rename: folder => places.get(folder) ?? folder }), [])
      assert.deepEqual(completed(state), {})
    })
  }
})

/** Every folder that the source takes, with a message of its own in each. */
async function seedFolders(source: Dovecot): Promise<void> {
  let number = 0
  for (const { path } of tortureFolders()) {
    const message = { body: `Subject: in folder ${++number}\r\n\r\nx\r\n` }
    await seedMailbox(source, 'anna', [{ path, subscribed: number % 2 === 0, messages: [message] }])
  }
}

/** Puts files into a Maildir's inbox, as a delivery agent or a restored backup would. */
function dropInto(server: Dovecot, user: string, bodies: readonly Buffer[]): void {
  const cur = join(server.mailDir(user), 'cur')
  mkdirSync(cur, { recursive: true })
  for (const [index, body] of bodies.entries()) {
    const file = join(cur, `${1_600_000_000 + index}.M${index}P1.host:2,S`)
    writeFileSync(file, body)
    if (process.getuid?.() === 0) chownSync(file, server.mailUser.uid, server.mailUser.gid)
  }
  if (readdirSync(cur).length === 0) throw new Error('nothing was dropped')
}

/** Nothing where a pair is completed, else its whole state: what a failing test shows. */
const completed = (state: PairState): object => (state.state === 'completed' ? {} : state)
