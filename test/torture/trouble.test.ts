import assert from 'node:assert/strict'
import type { PairState } from '../../src/domain/pair.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import type { Personality } from '../support/hostile/personality.ts'
import type { Rule } from '../support/hostile/trouble.ts'
import { bare, cyrusLike, startHostileImap } from '../support/hostileImap.ts'
import type { SeedFolder, SeedMessage } from '../support/mailbox.ts'
import { migrationBetween } from '../support/migration.ts'

const users = { anna: 'secret' }

const mails = (count: number, size = 300): SeedMessage[] =>
  Array.from({ length: count }, (_, at) => ({
    body: `Subject: ${at}\r\nMessage-ID: <${at}@example.com>\r\n\r\n${'text '.repeat(size / 5 + at)}\r\n`,
    received: new Date(1_500_000_000_000 + at * 60_000),
  }))

const mailbox: SeedFolder[] = [
  { path: ['INBOX'], messages: mails(250) },
  { path: ['Work'], messages: mails(60, 20_000) },
  { path: ['Empty'] },
]

/** Extensions that the fast path uses. */
const fast: Personality = { ...cyrusLike, delimiter: '/', prefix: '', refuses: () => undefined }

describe('a server that goes wrong in mid-run', () => {
  const sourceRules: Record<string, Rule[]> = {
    'ends with BYE in the middle of a literal': [
      { on: /FETCH .*BODY/, skip: 1, trouble: { kind: 'cutIn', bytes: 5000, bye: 'Server shutting down' } },
    ],
    'drops the connection in the middle of a literal, three times': [
      { on: /FETCH .*BODY/, times: 3, trouble: { kind: 'cutIn', bytes: 3000 } },
    ],
    'drops the connection while it lists a folder': [{ on: /FETCH .*RFC822.SIZE/, trouble: { kind: 'cutIn', bytes: 300 } }],
    'asks for patience in Exchange’s words': [
      {
        on: /FETCH/,
        skip: 1,
        times: 2,
        trouble: { kind: 'answer', text: 'BAD Request is throttled. Suggested Backoff Time: 300 milliseconds' },
      },
    ],
    'is unavailable for a while': [{ on: /EXAMINE/, times: 2, trouble: { kind: 'answer', text: 'NO [UNAVAILABLE] Backend is down' } }],
    'sends garbage': [{ on: /FETCH .*BODY/, trouble: { kind: 'garbage', bytes: '\x00\xff(((({99999999999\r\n' } }],
    'answers with a wrong tag': [{ on: /FETCH .*BODY/, trouble: { kind: 'wrongTag' } }],
    'tells of news nobody asked for': [
      {
        on: /FETCH/,
        times: 5,
        trouble: {
          kind: 'garbage',
          bytes: '* 3 FETCH (FLAGS (\\Seen))\r\n* OK [ALERT] Disk nearly full\r\n* 251 EXISTS\r\n* 0 RECENT\r\n',
        },
      },
    ],
    'is slow': [{ on: /FETCH/, times: 20, trouble: { kind: 'delay', ms: 30 } }],
  }
  for (const [name, rules] of Object.entries(sourceRules)) {
    for (const [kind, personality] of Object.entries({ bare, fast })) {
      it(`gives everything all the same when the source ${name} (${kind})`, async () => {
        await using source = await startHostileImap({ users, personality, rules })
        await using target = await startHostileImap({ users, personality })
        await provenCopy(source, target)
      })
    }
  }

  const targetRules: Record<string, Rule[]> = {
    'stores and never says so': [{ on: /^APPEND/, skip: 1, times: 3, trouble: { kind: 'loseAnswer' } }],
    'drops the connection before storing': [{ on: /^APPEND/, times: 3, trouble: { kind: 'cut' } }],
    'says BYE instead of storing': [{ on: /^APPEND/, skip: 1, times: 2, trouble: { kind: 'bye', text: 'Autologout' } }],
    'asks for patience': [
      {
        on: /^APPEND/,
        skip: 1,
        times: 3,
        trouble: { kind: 'answer', text: 'NO Request is throttled. Suggested Backoff Time: 200 milliseconds' },
      },
    ],
    'is unavailable for a while': [{ on: /^APPEND/, skip: 1, times: 2, trouble: { kind: 'answer', text: 'NO [INUSE] Mailbox is locked' } }],
    'answers an APPEND with a wrong tag': [{ on: /^APPEND/, skip: 1, trouble: { kind: 'wrongTag' } }],
    'drops the connection while a folder is made': [{ on: /^CREATE/, trouble: { kind: 'loseAnswer' } }],
    'refuses to subscribe': [{ on: /^SUBSCRIBE/, times: 9, trouble: { kind: 'answer', text: 'NO Not here' } }],
  }
  for (const [name, rules] of Object.entries(targetRules)) {
    for (const [kind, personality] of Object.entries({ bare, fast })) {
      it(`has everything once when the target ${name} (${kind})`, async () => {
        await using source = await startHostileImap({ users, personality })
        await using target = await startHostileImap({ users, personality, rules })
        await provenCopy(source, target)
      })
    }
  }

  it('keeps what fitted and says so when the target is full, and goes on when there is room again', async () => {
    const personality = { ...fast, quota: 600_000 }
    await using source = await startHostileImap({ users, personality: fast })
    await using target = await startHostileImap({ users, personality })
    source.seed('anna', mailbox)
    await using migration = await migrationBetween(source, target)
    const full = await migration.run()
    assert.equal('error' in full && full.error.code, 'mailbox.full')
    const kept = [...target.snapshot('anna').folders.values()].flat().length
    assert.ok(kept > 0 && kept < 310)
    Object.assign(personality, { quota: 100_000_000 })
    await migration.run()
    assert.deepEqual(compareSnapshots(source.snapshot('anna'), target.snapshot('anna')), [])
  })

  it('lists messages that are too large and carries the rest', async () => {
    await using source = await startHostileImap({ users, personality: fast })
    await using target = await startHostileImap({ users, personality: { ...fast, maxMessageSize: 20_100 } })
    source.seed('anna', mailbox)
    await using migration = await migrationBetween(source, target)
    const state = await migration.run()
    const { done = 0, failed = 0 } = await migration.counts()
    assert.equal(done + failed, 310)
    assert.ok(failed > 0)
    assert.equal(state.state === 'completedWithDifferences' && state.differences, failed)
  })
})

type Server = Awaited<ReturnType<typeof startHostileImap>>

/** A whole migration, started again as often as a person would; at the end both sides are the same, message by message. */
async function provenCopy(source: Server, target: Server): Promise<void> {
  source.seed('anna', mailbox)
  await using migration = await migrationBetween(source, target)
  let state: PairState = { state: 'new' }
  for (let runs = 0; runs < 3 && state.state !== 'completed'; runs++) state = await migration.run()
  assert.deepEqual(compareSnapshots(source.snapshot('anna'), target.snapshot('anna')), [])
  assert.deepEqual(state.state === 'completed' ? {} : state, {})
}
