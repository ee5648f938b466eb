import { join } from 'node:path'
import type { ImapSettings } from '../../src/domain/connection.ts'
import type { EngineId } from '../../src/domain/ids.ts'
import { defaultJobSettings, type Job, type JobSettings } from '../../src/domain/job.ts'
import type { ItemInfo } from '../../src/domain/mail.ts'
import { createConnection } from '../../src/ledger/editConnections.ts'
import { createJob, setWanted } from '../../src/ledger/editJobs.ts'
import { addPairs } from '../../src/ledger/editPairs.ts'
import { registerEngine } from '../../src/ledger/engines.ts'
import type { Lease } from '../../src/ledger/leaseBook.ts'
import { claimPair, queuePairs } from '../../src/ledger/leases.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { type OpenLedgerOptions, openLedger } from '../../src/ledger/openLedger.ts'
import { type OpenPairWriter, openPairWriter } from '../../src/ledger/openPairWriter.ts'
import type { FolderRow } from '../../src/ledger/rows.ts'
import { type TempDir, tempDir } from '../support/tempDir.ts'

/** A clock that only a test moves. */
export class FakeClock {
  time = Date.parse('2026-01-01T00:00:00Z')
  uptime = 1000
  readonly now = () => this.time
  readonly monotonic = () => this.uptime

  /** Both clocks go on. */
  pass(ms: number): void {
    this.time += ms
    this.uptime += ms
  }
}

export const imap = (host: string, port = 993): ImapSettings => ({
  kind: 'imap',
  server: { host, port, tls: 'implicit' },
  signIn: { method: 'mailbox' },
})

/** A ledger in a directory of its own; both are gone when it is disposed. */
export async function freshLedger(options: OpenLedgerOptions = {}): Promise<{ ledger: Ledger; dir: TempDir } & AsyncDisposable> {
  const dir = tempDir()
  const ledger = await openLedger(join(dir.path, 'ledger.db'), options)
  return {
    ledger,
    dir,
    [Symbol.asyncDispose]: async () => {
      await ledger[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

/** Two connections and a job from one to the other, with these mailboxes paired, the first with the highest priority. */
export function makeJob(
  ledger: Ledger,
  mailboxes: readonly string[] = [],
  settings: Partial<JobSettings> = {},
  name = 'Move',
): Promise<Job> {
  return ledger.write(async tx => {
    const source = await createConnection(tx, { name: `${name} from`, role: 'source', settings: imap('old.example') })
    const target = await createConnection(tx, { name: `${name} to`, role: 'target', settings: imap('new.example') })
    const job = await createJob(tx, { name, source: source.id, target: target.id, settings: { ...defaultJobSettings, ...settings } })
    const pairs = mailboxes.map((address, index) => ({ source: { address }, target: { address }, priority: mailboxes.length - index }))
    await addPairs(tx, job.id, pairs)
    return job
  })
}

/** The same, started and queued. */
export async function startedJob(
  ledger: Ledger,
  mailboxes: readonly string[],
  settings: Partial<JobSettings> = {},
  name?: string,
): Promise<Job> {
  const job = await makeJob(ledger, mailboxes, settings, name)
  await ledger.write(async tx => {
    await setWanted(tx, job.id, 'run')
    await queuePairs(tx, job.id)
  })
  return job
}

export const engineOf = (ledger: Ledger, leaseMs?: number): Promise<EngineId> =>
  registerEngine(ledger, { host: 'here', pid: process.pid, version: '0.1.0', ...(leaseMs !== undefined && { leaseMs }) })

/** Claims, and fails the test where there is nothing to claim. */
export async function claim(ledger: Ledger, engine: EngineId): Promise<Lease> {
  const lease = await claimPair(ledger, engine)
  if (lease === undefined) throw new Error('there was no pair to claim')
  return lease
}

export interface Running extends AsyncDisposable {
  readonly ledger: Ledger
  readonly dir: TempDir
  readonly job: Job
  readonly engine: EngineId
  readonly lease: Lease
  readonly writer: OpenPairWriter
  readonly folder: FolderRow
}

/** A running pair with one folder: what a migration has before it copies. */
export async function runningPair(options: OpenLedgerOptions = {}): Promise<Running> {
  const fresh = await freshLedger(options)
  const { ledger, dir } = fresh
  const job = await startedJob(ledger, ['ann@example.org'])
  const engine = await engineOf(ledger)
  const lease = await claim(ledger, engine)
  const writer = openPairWriter(ledger, lease)
  const folder = await saveFolder(writer, 'INBOX')
  return {
    ledger,
    dir,
    job,
    engine,
    lease,
    writer,
    folder,
    [Symbol.asyncDispose]: async () => {
      await writer[Symbol.asyncDispose]()
      await fresh[Symbol.asyncDispose]()
    },
  }
}

export async function saveFolder(writer: OpenPairWriter, ...path: string[]): Promise<FolderRow> {
  const id = path.join('/')
  const [folder] = await writer.saveFolders([
    { sourceId: id, sourcePath: path, sourceValidity: '1', targetId: id, targetPath: path, targetValidity: '2' },
  ])
  if (folder === undefined) throw new Error('no folder came back')
  return folder
}

/** Items with these keys: 100 bytes each, unread. */
export const mails = (...keys: (number | string)[]): ItemInfo[] =>
  keys.map(key => ({ key, size: 100, received: Date.parse('2020-02-02T02:02:02Z'), flags: [] }))

export async function all<Item>(pages: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const items: Item[] = []
  for await (const page of pages) items.push(...page)
  return items
}
