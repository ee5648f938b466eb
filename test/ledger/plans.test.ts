import assert from 'node:assert/strict'
import { asEngineId, asPairId } from '../../src/domain/ids.ts'
import { pairsLeft, pairsRunning, pairsToRun } from '../../src/engine/jobPairs.ts'
import { apply } from '../../src/ledger/change/apply.ts'
import { changedSince } from '../../src/ledger/changedSince.ts'
import { differences, openIntents } from '../../src/ledger/differences.ts'
import { setWanted } from '../../src/ledger/editJobs.ts'
import { addPairs } from '../../src/ledger/editPairs.ts'
import { reapEngines } from '../../src/ledger/engines.ts'
import { checkLease } from '../../src/ledger/fence.ts'
import { foldersOf } from '../../src/ledger/folders.ts'
import { itemKeys, items, itemsByKeys } from '../../src/ledger/items.ts'
import { listJournal } from '../../src/ledger/journal.ts'
import { firstClaimable, isRunning, queuePairs } from '../../src/ledger/leases.ts'
import { findPair, listPairs, pairStates } from '../../src/ledger/pairs.ts'
import { forgetPair } from '../../src/ledger/resets.ts'
import type { Change } from '../../src/ledger/rows.ts'
import { patchFolder, saveFolders } from '../../src/ledger/saveFolders.ts'
import { targetKeysFrom } from '../../src/ledger/targetKeys.ts'
import { walks } from './explain.ts'
import { all, mails, type Running, runningPair } from './support.ts'

const page = { limit: 100 }
const error = { code: 'item.tooLarge', params: { size: 1, limit: 1 } } as const

type Work = (running: Running) => Parameters<typeof walks>[1]

const reads: Record<string, Work> = {
  'the folders of a pair':
    ({ lease }) =>
    db =>
      foldersOf(db, lease.pair),
  'the keys of a folder':
    ({ folder }) =>
    db =>
      itemKeys(db, folder.id),
  'the open keys of a folder':
    ({ folder }) =>
    db =>
      itemKeys(db, folder.id, ['failed', 'filtered']),
  'the items of a folder':
    ({ folder }) =>
    db =>
      all(items(db, folder.id)),
  'the items of a folder behind a key':
    ({ folder }) =>
    db =>
      all(items(db, folder.id, { after: 5, states: ['done'] })),
  'the failed items of a folder':
    ({ folder }) =>
    db =>
      all(items(db, folder.id, { states: ['failed'], after: 5 })),
  'items by their keys':
    ({ folder }) =>
    db =>
      itemsByKeys(db, folder.id, [1, 2]),
  'the keys on the target':
    ({ folder }) =>
    db =>
      targetKeysFrom(db, folder.id, 4),
  'the open intents of a pair':
    ({ lease }) =>
    db =>
      openIntents(db, lease.pair),
  'the differences of a job':
    ({ job }) =>
    db =>
      all(differences(db, { job: job.id })),
  'the pairs of a job':
    ({ job }) =>
    db =>
      listPairs(db, job.id, page),
  'the next pairs of a job':
    ({ job }) =>
    async db =>
      listPairs(db, job.id, { ...page, ...(await lastPair(db, job.id)) }),
  'a pair by its mailbox':
    ({ job }) =>
    db =>
      findPair(db, job.id, 'ann@example.org'),
  'how many pairs are in which state':
    ({ job }) =>
    db =>
      pairStates(db, job.id),
  'whether a job runs':
    ({ job }) =>
    db =>
      isRunning(db, { job: job.id }),
  'whether a pair runs':
    ({ lease }) =>
    db =>
      isRunning(db, { pair: lease.pair }),
  'what is left of a job':
    ({ job, engine }) =>
    async db => [await pairsRunning(db, job.id), await pairsToRun(db, job.id), await pairsLeft(db, job.id, engine)],
  'what changed': () => db => changedSince(db, 1),
  'the journal of a subject':
    ({ job }) =>
    db =>
      listJournal(db, { subject: job.id, before: 9 }),
}

const writes: Record<string, Work> = {
  'claiming any pair': () => (_, tx) => firstClaimable(tx, undefined),
  'claiming a pair of a job':
    ({ job }) =>
    (_, tx) =>
      firstClaimable(tx, job.id),
  'checking a lease':
    ({ lease }) =>
    (_, tx) =>
      checkLease(tx, lease),
  'reaping engines': () => async (_, tx) => {
    const dead = { id: asEngineId('dead'), host: '', pid: 1, version: '', started: '', alive_until: '' }
    await tx.insertInto('engines').values(dead).execute()
    await reapEngines(tx)
  },
  'queueing pairs':
    ({ job, lease }) =>
    async (_, tx) => [await queuePairs(tx, job.id), await queuePairs(tx, job.id, [lease.pair])],
  'stopping a job':
    ({ job }) =>
    (_, tx) =>
      setWanted(tx, job.id, 'stop'),
  'adding pairs':
    ({ job }) =>
    (_, tx) =>
      addPairs(tx, job.id, [{ source: { address: 'x' }, target: { address: 'y' }, priority: 0 }]),
  'saving folders':
    ({ lease }) =>
    (_, tx) =>
      saveFolders(tx, asPairId(lease.pair), [{ sourceId: 'a', sourcePath: ['a'], sourceValidity: '1' }]),
  'patching a folder':
    ({ folder }) =>
    (_, tx) =>
      patchFolder(tx, folder.id, { checkpoint: 'c' }),
  'forgetting a pair':
    ({ lease }) =>
    (_, tx) =>
      forgetPair(tx, lease.pair, { mode: 'forget', lease }),
  ...Object.fromEntries(
    Object.entries({
      intend: folder => [{ kind: 'intend', folder, items: mails(20), next: 1 }],
      done: folder => [{ kind: 'done', folder, items: [{ key: 1 }] }],
      retract: folder => [{ kind: 'retract', folder, keys: [1] }],
      forget: folder => [{ kind: 'forget', folder, keys: [1] }],
      adopt: folder => [{ kind: 'adopt', folder, items: mails(30).map(item => ({ ...item, targetKey: 1 })) }],
      fail: folder => [{ kind: 'fail', folder, items: mails(1).map(item => ({ ...item, error })) }],
      filter: folder => [{ kind: 'filter', folder, items: mails(1).map(item => ({ ...item, reason: 'tooOld' })) }],
      flags: folder => [{ kind: 'flags', folder, items: [{ key: 1, flags: [] }] }],
      move: folder => [{ kind: 'move', from: folder, to: folder, items: [{ key: 1, newKey: 9, newTargetKey: 1, flags: [] }] }],
      gone: folder => [{ kind: 'gone', folder, keys: [1], state: 'orphaned' }],
      removing: folder => [{ kind: 'removing', folder, keys: [1] }],
      returned: folder => [
        { kind: 'done', folder, items: [{ key: 1 }] },
        { kind: 'gone', folder, keys: [1], state: 'orphaned' },
        { kind: 'returned', folder, keys: [1] },
      ],
      verified: folder => [{ kind: 'verified', folder, keys: [1] }],
      resolved: folder => [{ kind: 'resolved', folder }],
      checkpoint: folder => [{ kind: 'checkpoint', folder, checkpoint: 'c', version: 'v' }],
    } satisfies Record<string, (folder: number) => Change[]>).map(([name, changes]): [string, Work] => [
      `the change '${name}'`,
      ({ folder }) =>
        async (_, tx) => {
          for (const change of changes(folder.id)) await apply(tx, change)
        },
    ]),
  ),
}

describe('every query of the ledger goes by an index', () => {
  let running: Running
  before(async () => {
    running = await runningPair()
    const { writer, folder } = running
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1, 2, 3), next: 1 }])
  })
  after(() => running[Symbol.asyncDispose]())

  for (const [name, work] of Object.entries({ ...reads, ...writes })) {
    it(name, async () => assert.deepEqual(await walks(running.ledger.path, work(running)), []))
  }

  it('or the test would say so', async () => {
    const found = await walks(running.ledger.path, db => db.selectFrom('items').selectAll().where('size', '>', 1).execute())
    assert.deepEqual(
      found.map(({ plan }) => plan),
      ['SCAN items'],
    )
  })
})

async function lastPair(db: Parameters<typeof listPairs>[0], job: Parameters<typeof listPairs>[1]) {
  const [after] = await listPairs(db, job, page)
  return after === undefined ? {} : { after }
}
