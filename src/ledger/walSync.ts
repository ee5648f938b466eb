import { type FileHandle, open } from 'node:fs/promises'
import { MailferryError } from '../domain/errors.ts'

/**
 * Makes commits durable without stopping the event loop. With `synchronous = normal` SQLite writes a commit to the write-ahead log but leaves
 * it to the system when it reaches the disk (https://sqlite.org/pragma.html#pragma_synchronous); the log is synced here, in Node's thread pool,
 * before anybody is told that a commit is done. That promises what `full` does, and commits that come while the disk is busy share the next sync.
 * SQLite itself still syncs log and database around each checkpoint, so frames that a checkpoint takes away are safe before they go.
 */
export class WalSync {
  readonly #path: string
  readonly #ledger: string
  #file: Promise<FileHandle> | undefined
  #broken: MailferryError | undefined
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(ledger: string) {
    this.#ledger = ledger
    this.#path = `${ledger}-wal`
  }

  /** Resolves when all that was committed before the call is on the disk. */
  sync(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#sync().finally(() => {
        this.#running = undefined
      })
      return this.#running
    }
    // What is running may have begun before the caller's commit.
    this.#next ??= this.#running.then(ignore, ignore).then(() => {
      this.#next = undefined
      return this.sync()
    })
    return this.#next
  }

  /** A failed sync is final: the system may have dropped the pages and would report the next one as a success. */
  async #sync(): Promise<void> {
    if (this.#broken) throw this.#broken
    try {
      // Kept open: SQLite keeps its locks on the other two files, so no lock of its goes with this descriptor.
      this.#file ??= open(this.#path, 'r+')
      await (await this.#file).datasync()
    } catch (thrown) {
      const cause = thrown instanceof Error ? thrown.message : String(thrown)
      this.#broken = new MailferryError('ledger.unwritable', { path: this.#ledger, cause }, { cause: thrown })
      throw this.#broken
    }
  }

  async close(): Promise<void> {
    await this.#next?.catch(ignore)
    await this.#running?.catch(ignore)
    await (await this.#file?.catch(() => undefined))?.close()
  }
}

const ignore = (): void => {}
