import type { JobId } from '../../src/domain/ids.ts'
import { defaultJobSettings } from '../../src/domain/job.ts'
import type { ItemInfo } from '../../src/domain/mail.ts'
import { createConnection } from '../../src/ledger/editConnections.ts'
import { createJob, setWanted } from '../../src/ledger/editJobs.ts'
import { addPairs } from '../../src/ledger/editPairs.ts'
import { registerEngine } from '../../src/ledger/engines.ts'
import type { Lease } from '../../src/ledger/leaseBook.ts'
import { claimPair, queuePairs, releasePair } from '../../src/ledger/leases.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openPairWriter } from '../../src/ledger/openPairWriter.ts'
import { seeded } from '../support/random.ts'

export interface LedgerSize {
  readonly pairs: number
  /** Of each pair, in ten folders. */
  readonly items: number
}

export interface Filled {
  readonly job: JobId
  readonly addPairsMs: number
  readonly writeMs: number
}

const folders = ['INBOX', 'Sent', 'Drafts', 'Trash', 'Junk', 'Archive', 'Archive/2024', 'Archive/2025', 'Kunden', 'Kunden/Müller']
const flagSets = [[], ['\\Seen'], ['\\Seen'], ['\\Answered', '\\Seen'], ['$Forwarded', '\\Seen'], ['\\Flagged', 'Projekt', '\\Seen']]
/** As many as a run has open in a job. */
const atOnce = 4

/** Takes a job of this size through what a first run writes: every item intended, then done with its digest; one in a thousand fails. */
export async function fillLedger(ledger: Ledger, size: LedgerSize, note: (line: string) => void): Promise<Filled> {
  const job = await defineJob(ledger)
  const begin = performance.now()
  const mailboxes = Array.from({ length: size.pairs }, (_, n) => ({ address: `user${n}@example.org` }))
  await ledger.write(tx =>
    addPairs(
      tx,
      job,
      mailboxes.map(address => ({ source: address, target: address, priority: 0 })),
    ),
  )
  const addPairsMs = performance.now() - begin
  await ledger.write(async tx => {
    await setWanted(tx, job, 'run')
    await queuePairs(tx, job)
  })
  const engine = await registerEngine(ledger, { host: 'bench', pid: process.pid, version: '0' })
  const start = performance.now()
  let done = 0
  const runPairs = async (): Promise<void> => {
    for (let lease = await claimPair(ledger, engine); lease !== undefined; lease = await claimPair(ledger, engine)) {
      await fillPair(ledger, lease, size.items)
      done += 1
      if (done % Math.ceil(size.pairs / 20) === 0)
        note(`${done} of ${size.pairs} pairs after ${((performance.now() - start) / 1000).toFixed(1)} s`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runPairs))
  return { job, addPairsMs, writeMs: performance.now() - start }
}

function defineJob(ledger: Ledger): Promise<JobId> {
  const settings = (host: string) =>
    ({ kind: 'imap', server: { host, port: 993, tls: 'implicit' }, signIn: { method: 'mailbox' } }) as const
  return ledger.write(async tx => {
    const source = await createConnection(tx, { name: 'Old', role: 'source', settings: settings('old.example') })
    const target = await createConnection(tx, { name: 'New', role: 'target', settings: settings('new.example') })
    const job = await createJob(tx, { name: 'Bench', source: source.id, target: target.id, settings: defaultJobSettings })
    return job.id
  })
}

async function fillPair(ledger: Ledger, lease: Lease, items: number): Promise<void> {
  await using writer = openPairWriter(ledger, lease)
  const saved = await writer.saveFolders(
    folders.map(name => ({
      sourceId: name,
      sourcePath: name.split('/'),
      sourceValidity: '1',
      targetId: name,
      targetPath: name.split('/'),
      targetValidity: '2',
    })),
  )
  const random = seeded(lease.epoch)
  const digest = random.bytes(32)
  const batches = saved.map(({ id }) => ({
    folder: id,
    items: Array.from({ length: items / folders.length }, (_, n) => mail(n + 1, random.next())),
  }))
  await writer.commit(batches.map(({ folder, items }) => ({ kind: 'intend', folder, items, next: 1 })))
  const failed = { code: 'item.tooLarge', params: { size: 60_000_000, limit: 50_000_000 } } as const
  await writer.commit(
    batches.flatMap(({ folder, items: [first, ...others] }) => [
      { kind: 'done', folder, items: others.map(({ key }) => ({ key, targetKey: key, digest })) } as const,
      folder % 100 === 0 && first !== undefined
        ? ({ kind: 'fail', folder, items: [{ ...first, error: failed }] } as const)
        : ({ kind: 'done', folder, items: [{ key: 1, targetKey: 1, digest }] } as const),
      { kind: 'resolved', folder } as const,
      { kind: 'checkpoint', folder, checkpoint: '{"uidNext":101,"modseq":"20100"}', version: '1:101:20100' } as const,
    ]),
  )
  await releasePair(ledger, lease, { state: 'completed', at: new Date().toISOString() })
}

const mail = (key: number, chance: number): ItemInfo => ({
  key,
  size: Math.round(2000 + 100_000 * chance * chance),
  received: 1_500_000_000_000 + Math.round(chance * 3e11),
  flags: flagSets[Math.floor(chance * flagSets.length)] ?? [],
})
