import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { MailferryError } from '../../src/domain/errors.ts'
import { asConnectionId, asJobId, asPairId } from '../../src/domain/ids.ts'
import { defaultJobSettings } from '../../src/domain/job.ts'
import type { ItemInfo } from '../../src/domain/mail.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { PairWriter } from '../../src/ledger/pairWriter.ts'
import type { Change } from '../../src/ledger/rows.ts'
import { createAdaptiveGate } from '../../src/migration/adaptiveGate.ts'
import { copyItems } from '../../src/migration/copyItems.ts'
import type { FolderTask, Shared } from '../../src/migration/folderTask.ts'
import { createTally, noCounts } from '../../src/migration/tally.ts'
import { createJobLimits } from '../../src/migration/throttle.ts'
import type { Folder, MailServer, MailSession, SessionTraits, WriteResult } from '../../src/servers/mailServer.ts'

/** An object of which only the named members are ever asked for. */
const only = <Whole extends object>(members: Partial<Whole>): Whole =>
  new Proxy(members, {
    get(of, name) {
      if (!(name in of)) throw new Error(`${String(name)} was asked for`)
      return Reflect.get(of, name)
    },
  }) as Whole

const items = (count: number): ItemInfo[] =>
  Array.from({ length: count }, (_, n) => ({ key: n + 1, size: 10, received: n * 1000, flags: [] }))

/** A source that gives one item to a batch, and a target whose answers the test holds back. */
function scene(answer: (key: number) => WriteResult = key => ({ state: 'written', key: key + 100 })) {
  const commits: Change[] = []
  const held: { key: number; answer: () => void }[] = []
  const folder = only<Folder>({ id: 'INBOX', path: ['INBOX'], next: 50 })
  const traits: SessionTraits = {
    formats: ['rfc822'],
    exactSizes: true,
    keepsBytes: true,
    marks: [],
    stableAcrossMoves: false,
    writesAnswerKeys: true,
  }
  const source = only<MailSession>({
    traits,
    async *read(_folder, keys) {
      for (const key of keys) yield [{ key, format: 'rfc822', content: { size: 10, chunks: [Buffer.alloc(10)] } }]
    },
  })
  const target = only<MailSession>({
    traits,
    write: (_folder, outgoing) =>
      new Promise(resolve => {
        const keys = outgoing.map(({ info }) => Number(info.key))
        held.push({ key: keys[0] ?? 0, answer: () => resolve(keys.map(answer)) })
      }),
  })
  const stop = new AbortController()
  const never = new AbortController()
  const run: Shared['run'] = {
    ledger: only<Ledger>({}),
    writer: only<PairWriter>({
      commit: async changes => {
        commits.push(...changes)
      },
      deadline: () => Number.POSITIVE_INFINITY,
    }),
    job: {
      id: asJobId('job'),
      name: 'move',
      source: asConnectionId('s'),
      target: asConnectionId('t'),
      settings: defaultJobSettings,
      wanted: 'run',
    },
    pair: {
      id: asPairId('pair'),
      job: asJobId('job'),
      source: { address: 'anna' },
      target: { address: 'anna' },
      priority: 0,
      state: { state: 'queued' },
      counts: noCounts,
      adopt: false,
    },
    source: only<MailServer>({}),
    target: only<MailServer>({}),
    limits: createJobLimits(defaultJobSettings.limits),
    abort: never.signal,
    stop: stop.signal,
    progress: () => {},
  }
  const shared: Shared = {
    run,
    source,
    target,
    formats: ['rfc822'],
    markerOf: undefined,
    gate: createAdaptiveGate(32),
    tally: createTally(noCounts, () => {}),
    signal: never.signal,
    stopping: stop.signal,
    halt: () => stop.abort(),
    withheld: new Map(),
  }
  const task: FolderTask = {
    row: { id: 7, pair: asPairId('pair'), sourceId: 'INBOX', sourcePath: ['INBOX'], sourceValidity: '1' },
    from: folder,
    to: folder,
  }
  return { shared, task, held, commits, stop, tally: shared.tally }
}

const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5))

/** Answers whatever is asked until the copying ends. */
async function answerAll(copying: Promise<void>, held: { answer: () => void }[]): Promise<void> {
  let ended = false
  const end = copying.finally(() => {
    ended = true
  })
  end.catch(() => {})
  while (!ended) {
    held.shift()?.answer()
    await new Promise(setImmediate)
  }
  await end
}

describe('copying the items of a folder', () => {
  it('sends the next batch while the answer to the one before is awaited, and more of them for a large folder', async () => {
    for (const [count, together] of [
      [20, 2],
      [4500, 6],
    ] as const) {
      const { shared, task, held } = scene()
      const copying = copyItems(shared, task, items(count), new Set())
      await settle()
      assert.deepEqual(
        held.map(({ key }) => key),
        Array.from({ length: together }, (_, n) => n + 1),
      )
      await answerAll(copying, held)
    }
  })

  it('records an item as intended before it is sent, and as done after the answer', async () => {
    const { shared, task, held, commits } = scene()
    const copying = copyItems(shared, task, items(1), new Set())
    await settle()
    assert.deepEqual(commits, [{ kind: 'intend', folder: 7, items: items(1), next: 50 }])
    await answerAll(copying, held)
    assert.deepEqual(commits.slice(1), [{ kind: 'done', folder: 7, items: [{ key: 1, targetKey: 101, format: 'rfc822' }] }])
  })

  it('leaves an item intended whose answer never came, finishes what is under way and throws', async () => {
    const dropped = new MailferryError('server.dropped', { host: 'new.example', cause: 'ECONNRESET' })
    const { shared, task, held, commits } = scene(key =>
      key === 1 ? { state: 'unknown', error: dropped } : { state: 'written', key: key + 100 },
    )
    await assert.rejects(answerAll(copyItems(shared, task, items(9), new Set()), held), dropped)
    const done = commits.flatMap(change => (change.kind === 'done' ? change.items.map(({ key }) => key) : []))
    const intended = commits.flatMap(change => (change.kind === 'intend' ? change.items.map(({ key }) => key) : []))
    assert.deepEqual(done, intended.slice(1))
    assert.ok(intended.length < 9)
  })

  it('gives an item the target refuses a row of its own, and takes back a batch refused for a larger reason', async () => {
    const one = new MailferryError('item.rejected', { response: 'bad header' })
    const full = new MailferryError('mailbox.full', { mailbox: 'anna', response: 'quota' })
    const { shared, task, held, commits, tally } = scene(key => ({ state: 'refused', error: key === 1 ? one : full }))
    await assert.rejects(answerAll(copyItems(shared, task, items(2), new Set()), held), full)
    assert.deepEqual(
      commits
        .filter(({ kind }) => kind === 'fail' || kind === 'retract')
        .map(change => [change.kind, 'keys' in change ? change.keys : 'items' in change && change.items.map(({ key }) => key)]),
      [
        ['fail', [1]],
        ['retract', [2]],
      ],
    )
    assert.equal(tally.counts.failed, 1)
  })

  it('begins no further batch once a person wants to stop', async () => {
    const { shared, task, held, commits, stop } = scene()
    const copying = copyItems(shared, task, items(20), new Set())
    await settle()
    stop.abort()
    await answerAll(copying, held)
    assert.equal(commits.filter(({ kind }) => kind === 'intend').length, 2)
    assert.equal(commits.filter(({ kind }) => kind === 'done').length, 2)
  })
})
