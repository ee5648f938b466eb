import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { MailferryError } from '../domain/errors.ts'
import type { Tx } from './ledger.ts'
import type { Schema } from './schema.ts'
import { ledgerError } from './sqlite/errors.ts'
import { WalSync } from './walSync.ts'

/** A commit takes no more works once it has lasted so long, milliseconds: the event loop and other processes want their turn. */
const groupMs = 10

interface Waiting {
  /** Runs the work; the outcome is told by `settle` once it is durable. */
  run(tx: Tx): Promise<void>
  settle(): void
  reject(error: unknown): void
}

/**
 * The one line of writing transactions of this process. What queues up while a commit is under way goes into the next one together,
 * each work in its own savepoint; what is committed while the disk is busy shares the next sync.
 */
export class WriteQueue {
  readonly #db: DatabaseSync
  readonly #kysely: Kysely<Schema>
  readonly #path: string
  readonly #version: number
  readonly #wal: WalSync
  #waiting: Waiting[] = []
  readonly #settling = new Set<Promise<void>>()
  #draining: Promise<void> | undefined

  constructor(db: DatabaseSync, kysely: Kysely<Schema>, path: string, version: number) {
    this.#db = db
    this.#kysely = kysely
    this.#path = path
    this.#version = version
    this.#wal = new WalSync(path)
  }

  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    let settle = () => {}
    const run = async (tx: Tx) => {
      settle = await this.#inSavepoint(tx, work).then(
        result => () => resolve(result),
        (error: unknown) => {
          // Without a transaction there is nothing left to undo alone: SQLite has undone the whole group.
          if (!this.#db.isTransaction) throw error
          return () => reject(error)
        },
      )
    }
    this.#waiting.push({ run, settle: () => settle(), reject })
    this.#draining ??= this.#drain()
    return promise
  }

  /** Resolves when all that was asked for is done and durable; nothing may be asked for afterwards. */
  async close(): Promise<void> {
    await this.#draining
    await Promise.all(this.#settling)
    await this.#wal.close()
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // The event loop's turn: timers and sockets go on however much is written, and what they write joins this group.
      await nextTurn()
      await this.#commit()
    }
    this.#draining = undefined
  }

  async #commit(): Promise<void> {
    const group: Waiting[] = []
    try {
      await this.#kysely.transaction().execute(async tx => {
        const end = performance.now() + groupMs
        await this.#checkVersion(tx)
        for (let next = this.#waiting.shift(); next !== undefined; next = performance.now() < end ? this.#waiting.shift() : undefined) {
          group.push(next)
          await next.run(tx)
        }
      })
      this.#whenDurable(group)
    } catch (thrown) {
      // Without a single work it was the transaction itself that could not begin: that is everybody's error.
      this.#reject(group.length > 0 ? group : this.#waiting.splice(0), thrown)
    }
  }

  /** The disk's work goes on beside the next commit's. */
  #whenDurable(group: readonly Waiting[]): void {
    const settling = this.#wal
      .sync()
      .then(
        () => {
          for (const waiting of group) waiting.settle()
        },
        (thrown: unknown) => this.#reject(group, thrown),
      )
      .finally(() => this.#settling.delete(settling))
    this.#settling.add(settling)
  }

  #reject(group: readonly Waiting[], thrown: unknown): void {
    for (const waiting of group) waiting.reject(ledgerError(thrown, this.#path))
  }

  async #inSavepoint<Result>(tx: Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    await sql`savepoint work`.execute(tx)
    try {
      const result = await work(tx)
      await sql`release work`.execute(tx)
      return result
    } catch (error) {
      if (this.#db.isTransaction) {
        await sql`rollback to work`.execute(tx)
        await sql`release work`.execute(tx)
      }
      throw error
    }
  }

  /** A newer Mailferry may have upgraded the ledger while this process had it open. */
  async #checkVersion(tx: Tx): Promise<void> {
    const found = (await sql<{ user_version: number }>`pragma user_version`.execute(tx)).rows[0]?.user_version ?? 0
    if (found !== this.#version) throw new MailferryError('ledger.newer', { path: this.#path, version: found, supported: this.#version })
  }
}
