import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { PairState } from '../../src/domain/pair.ts'
import type { OpenServer } from '../../src/engine/context.ts'
import { createLocalClient } from '../../src/engine/localClient.ts'
import { formatOf, stateOf } from '../../src/ledger/itemStates.ts'
import type { EngineEvent } from '../../src/rpc/events.ts'
import type { Params, Result } from '../../src/rpc/protocol.ts'
import type { Dovecot } from './dovecot.ts'
import { openRaw } from './mailbox.ts'
import { tempDir } from './tempDir.ts'

/** What a migration is told of an IMAP server; a Dovecot, or anything that stands in for one. */
export type ImapEndpoint = Pick<Dovecot, 'host' | 'port' | 'passwordOf'>

/** An Exchange: its connection as a plan has it, and its administrator's password. */
export interface ExchangeEndpoint {
  readonly connection: {
    readonly kind: 'exchange'
    readonly server: { readonly url: string }
    readonly trust: { readonly fingerprints: readonly string[] }
    readonly admin: { readonly user: string; readonly method: 'basic' }
  }
  readonly secret: string
}

/** A tenant of Office 365 as an application, and its client secret. */
export interface Office365Endpoint {
  readonly connection: {
    readonly kind: 'office365'
    readonly at: { readonly login: string; readonly graph: string }
    readonly trust: { readonly caFile: string }
    readonly signIn: {
      readonly method: 'application'
      readonly tenant: string
      readonly clientId: string
      readonly credential: 'secret'
    }
  }
  readonly secret: string
}

export type PlannedEndpoint = ExchangeEndpoint | Office365Endpoint

export type Endpoint = ImapEndpoint | PlannedEndpoint

export interface MigrationOptions {
  /** As in a plan file: policy, filters, limits … */
  readonly job?: Record<string, unknown>
  /** The mailbox on both servers. */
  readonly user?: string
  /** On the target, where it has another address there. */
  readonly targetUser?: string
  readonly openServer?: OpenServer
  readonly sourcePort?: number
  readonly targetPort?: number
}

export interface Migration extends AsyncDisposable {
  /** Runs the job to its end, the first time or as a delta; answers what state its one pair came to. */
  run(options?: { readonly deletionsAllowed?: number; readonly signal?: AbortSignal }): Promise<PairState>
  /** Changes the job as a new version of its plan file would. */
  change(job: Record<string, unknown>): Promise<void>
  reset(mode: Params<'job.reset'>['mode']): Promise<void>
  /** What a dry run finds, in words. */
  dryRun(): Promise<string[]>
  verify(bytes?: boolean): Promise<Result<'job.verify'>>
  /** Rows of the pair by state. */
  counts(): Promise<Record<string, number>>
  /** Codes of the errors in rows of items. */
  reasons(): Promise<string[]>
  /** How often each of those items was tried. */
  attempts(): Promise<number[]>
  /** Codes of the errors in rows of folders. */
  folderErrors(): Promise<string[]>
  /** Copies by the format they were carried in. */
  formats(): Promise<Record<string, number>>
  readonly ledgerFile: string
}

/** A job with one pair between two servers, run by the same engine as the command line's. */
export async function migrationBetween(
  source: Endpoint,
  target: Endpoint,
  { job = {}, user = 'anna', targetUser = user, openServer, sourcePort, targetPort }: MigrationOptions = {},
): Promise<Migration> {
  const dir = tempDir()
  const secret = (name: string, text: string): { file: string } => {
    const file = join(dir.path, name)
    writeFileSync(file, text, { mode: 0o600 })
    return { file }
  }
  const connection = (role: 'source' | 'target', server: Endpoint, as: string, port: number | undefined) =>
    'connection' in server
      ? { ...server.connection, name: role, role, secret: secret(`${role}.txt`, server.secret) }
      : {
          name: role,
          role,
          kind: 'imap',
          server: { host: server.host, port: port ?? server.port, tls: 'none', allowPlaintext: true },
          signIn: { method: 'mailbox' },
          secret: secret(`${role}.csv`, `mailbox,user,password\n${as},${as},${server.passwordOf(as)}\n`),
        }
  const ledgerFile = join(dir.path, 'ledger.db')
  const client = createLocalClient({ ledger: ledgerFile, version: 'test', ...(openServer && { openServer }) })
  const file = join(dir.path, 'plan.json')
  const apply = async (settings: Record<string, unknown>): Promise<void> => {
    const plan = {
      connections: [connection('source', source, user, sourcePort), connection('target', target, targetUser, targetPort)],
      jobs: [
        {
          name: 'move',
          source: 'source',
          target: 'target',
          pairs: [targetUser === user ? { source: user } : { source: user, target: targetUser }],
          ...settings,
        },
      ],
    }
    writeFileSync(file, JSON.stringify(plan))
    await client.call('plan.apply', { file })
  }
  await apply(job)
  const query = (text: string) => {
    const db = new DatabaseSync(ledgerFile, { readOnly: true })
    try {
      return db.prepare(text).all()
    } finally {
      db.close()
    }
  }
  return {
    ledgerFile,
    async run({ deletionsAllowed, signal } = {}) {
      const delta = (await client.call('job.status', { name: 'move' })).list[0]?.state.state.startsWith('completed') === true
      const call = signal ? { signal } : {}
      const { list } = await client.call(
        'job.start',
        { name: 'move', delta, ...(deletionsAllowed !== undefined && { deletionsAllowed }) },
        call,
      )
      const [pair] = list
      if (!pair) throw new Error('the job has no pair')
      return pair.state
    },
    change: apply,
    async reset(mode) {
      await client.call('job.reset', { name: 'move', mode })
    },
    async dryRun() {
      const found: string[] = []
      const emit = (event: EngineEvent) => {
        if (event.event === 'forecast') found.push(...event.findings.map(({ text }) => text))
      }
      await client.call('job.dryRun', { name: 'move' }, { emit })
      return found
    },
    async verify(bytes = false) {
      return client.call('job.verify', { name: 'move', bytes })
    },
    async counts() {
      const rows = query(
        'select items.state, count(*) as n from items join folders on folders.id = folder where pair is not null group by 1',
      )
      return Object.fromEntries(rows.map(row => [stateOf(Number(row['state'])), Number(row['n'])]))
    },
    reasons: async () =>
      query("select error ->> 'code' as code from items where error is not null order by 1").map(row => String(row['code'])),
    attempts: async () => query('select attempts from items where error is not null').map(row => Number(row['attempts'])),
    folderErrors: async () =>
      query("select error ->> 'code' as code from folders where error is not null order by 1").map(row => String(row['code'])),
    async formats() {
      const rows = query('select format, count(*) as n from items where target_key is not null group by 1')
      return Object.fromEntries(rows.map(row => [formatOf(row['format'] === null ? null : Number(row['format'])), Number(row['n'])]))
    },
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

/** Sends commands as the mailbox's owner would, in the folder given. */
export async function asOwner(server: Dovecot, user: string, folder: string, commands: readonly string[]): Promise<void> {
  await using connection = await openRaw(server, user)
  await connection.command([`SELECT ${JSON.stringify(folder)}`])
  for (const command of commands) await connection.command([command])
}
