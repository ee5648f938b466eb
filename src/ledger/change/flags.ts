import { sql } from 'kysely'
import { stringifyOrNull } from '../json.ts'
import type { Tx } from '../ledger.ts'
import { changing, type Of, thatItem } from './rows.ts'

/** The source's flags as they were carried over, and what the target made of them where that differs. */
export async function flags(tx: Tx, { folder, items }: Of<'flags'>): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ key, flags, version, targetFlags, targetVersion }) => [
    key,
    flags.length > 0 ? JSON.stringify(flags) : null,
    stringifyOrNull(targetFlags),
    version ?? null,
    targetVersion ?? null,
  ])
  await sql`
    update items set flags = value ->> 2, target_flags = value ->> 3, version = coalesce(value ->> 4, version),
      target_version = coalesce(value ->> 5, target_version)
    from ${changing(folder, rows)} where ${thatItem}
  `.execute(tx)
}
