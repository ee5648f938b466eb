import { sql } from 'kysely'
import { stringifyOrNull } from '../json.ts'
import type { Tx } from '../ledger.ts'
import { changing, codes, exactly, list, type Of, thatItem } from './rows.ts'

/**
 * An item under its new key keeps its state, digest and history. What was noted under the new key before (failed, filtered, or the
 * intent of this very move) gives way; a row that is really another item makes the whole commit fail.
 */
export async function move(tx: Tx, { from, to, items }: Of<'move'>): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ key, newKey, newTargetKey, flags, targetFlags, version, targetVersion }) => [
    key,
    newKey,
    newTargetKey ?? null,
    flags.length > 0 ? JSON.stringify(flags) : null,
    stringifyOrNull(targetFlags),
    version ?? null,
    targetVersion ?? null,
  ])
  await sql`
    delete from items where folder = ${to} and state in (${codes('intended', 'failed', 'filtered')})
      and source_key in (select value ->> 1 from ${list(rows)})
  `.execute(tx)
  await exactly(
    tx,
    'move',
    items.length,
    sql`
      update items set folder = ${to}, source_key = value ->> 2, target_key = value ->> 3, flags = value ->> 4, target_flags = value ->> 5,
        version = value ->> 6, target_version = value ->> 7
      from ${changing(from, rows)} where ${thatItem}
    `,
  )
}
