import { sql } from 'kysely'
import type { Ledger } from './ledger.ts'

/** Rows deleted in one transaction: a few milliseconds. */
const slice = 5000

/**
 * Deletes the rows of folders that belong to no pair any more, a slice at a time, so that neither the event loop nor another process waits
 * for a million of them. Call it when an engine starts and after a reset; it may end at any point and be called again.
 */
export async function sweepForgotten(ledger: Ledger, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true) {
    const folder = await ledger.db.selectFrom('folders').select('id').where('pair', 'is', null).limit(1).executeTakeFirst()
    if (folder === undefined) return
    await sweepFolder(ledger, folder.id, signal)
  }
}

async function sweepFolder(ledger: Ledger, folder: number, signal?: AbortSignal): Promise<void> {
  for (let more = true; more && signal?.aborted !== true; ) {
    more = await ledger.write(async tx => {
      const { numAffectedRows } = await sql`
        delete from items where folder = ${folder} and source_key in (select source_key from items where folder = ${folder} limit ${slice})
      `.execute(tx)
      if (Number(numAffectedRows ?? 0n) === slice) return true
      await tx.deleteFrom('folders').where('id', '=', folder).execute()
      return false
    })
  }
}
