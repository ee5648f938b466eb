import { sql } from 'kysely'
import { formatCodes } from '../itemStates.ts'
import { stringifyOrNull } from '../json.ts'
import type { Tx } from '../ledger.ts'
import { changing, code, codes, exactly, type Of, thatItem } from './rows.ts'

/** Once more for an item that is done already adds what was learned of it since, as the target's key of a server that doesn't answer it. */
export async function done(tx: Tx, { folder, items }: Of<'done'>): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ key, targetKey, digest, targetFlags, targetVersion, format, unmarked, size }) => [
    key,
    targetKey ?? null,
    digest?.toString('hex') ?? null,
    stringifyOrNull(targetFlags),
    targetVersion ?? null,
    format === undefined ? null : formatCodes[format],
    unmarked ? 1 : null,
    size ?? null,
  ])
  await exactly(
    tx,
    'done',
    items.length,
    sql`
      update items set
        attempts = attempts + (state = ${code('intended')}), state = ${code('done')},
        target_key = coalesce(value ->> 2, target_key), digest = coalesce(unhex(value ->> 3), digest),
        target_flags = coalesce(value ->> 4, target_flags), target_version = coalesce(value ->> 5, target_version),
        format = coalesce(value ->> 6, format), unmarked = coalesce(value ->> 7, unmarked), size = coalesce(value ->> 8, size),
        reason = null, error = null
      from ${changing(folder, rows)} where ${thatItem} and state in (${codes('intended', 'done')})
    `,
  )
}
