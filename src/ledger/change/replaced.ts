import { sql } from 'kysely'
import { formatCodes } from '../itemStates.ts'
import { stringifyOrNull } from '../json.ts'
import type { Tx } from '../ledger.ts'
import { changing, code, exactly, infoRow, type Of, thatItem } from './rows.ts'

/** Only what we wrote ourselves is ever replaced; what was read back of the old content says nothing of the new one. */
export async function replaced(tx: Tx, { folder, items }: Of<'replaced'>): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(item => [
    ...infoRow(item),
    item.targetKey ?? null,
    stringifyOrNull(item.targetFlags),
    item.targetVersion ?? null,
    formatCodes[item.format],
    item.unmarked ? 1 : null,
  ])
  await exactly(
    tx,
    'replaced',
    items.length,
    sql`
      update items set size = value ->> 2, received = value ->> 3, flags = value ->> 4, version = value ->> 5,
        target_key = coalesce(value ->> 6, target_key), target_flags = value ->> 7, target_version = value ->> 8,
        format = value ->> 9, unmarked = value ->> 10, digest = null, error = null, verified = 0
      from ${changing(folder, rows)} where ${thatItem} and state = ${code('done')}
    `,
  )
}
