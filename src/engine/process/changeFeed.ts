import { sql } from 'kysely'
import { changedSince, changeNumber } from '../../ledger/changedSince.ts'
import type { Ledger, Reader } from '../../ledger/ledger.ts'
import type { PairRow } from '../../ledger/rows.ts'
import type { LedgerChanges } from '../../rpc/notifications.ts'
import { type ProgressFeed, progressFeed } from './progressFeed.ts'

export interface ChangeFeedOptions {
  readonly ledger: Ledger
  readonly changed: (changes: LedgerChanges, pairs: readonly PairRow[]) => void
  readonly progress: Parameters<typeof progressFeed>[0]
  /** What the ledger threw when it was looked at. */
  readonly broken: (error: unknown) => void
}

/** Milliseconds between two looks. */
const lookEvery = 500

/**
 * Tells what was written to the ledger, by this process or another: `data_version` is asked for twice a second on the connection that never writes,
 * which every commit changes, and only then the rows above the last change number are read.
 */
export async function changeFeed({ ledger, changed, progress, broken }: ChangeFeedOptions): Promise<AsyncDisposable> {
  const { db } = ledger
  const feed: ProgressFeed = progressFeed(progress, ledger.clock.monotonic)
  let version = await dataVersion(db)
  let since = await changeNumber(db)
  let looking = Promise.resolve()

  const look = async (): Promise<void> => {
    const now = await dataVersion(db)
    if (now === version) return feed.flush()
    const rows = await changedSince(db, since)
    version = now
    since = rows.to
    const pairs = rows.pairs.filter(pair => !feed.takes(pair))
    feed.flush()
    if (pairs.length + rows.connections.length + rows.jobs.length + rows.removed.length === 0) return
    changed(
      {
        connections: rows.connections.map(({ id }) => id),
        jobs: rows.jobs.map(({ id }) => id),
        pairs: pairs.map(({ id, job }) => ({ id, job })),
        removed: rows.removed.map(({ kind, id }) => ({ kind, id })),
      },
      pairs,
    )
  }

  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    looking = look()
      .catch(broken)
      .finally(() => {
        busy = false
      })
  }, lookEvery)
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await looking
    },
  }
}

async function dataVersion(db: Reader): Promise<number> {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db)
  return rows[0]?.data_version ?? 0
}
