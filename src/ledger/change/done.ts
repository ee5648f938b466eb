import { sql } from 'kysely'
import { stringifyOrNull } from '../json.ts'
import type { Tx } from '../ledger.ts'
import { code, codes, exactly, list, type Of } from './rows.ts'

/** Once more for an item that is done already adds what was learned of it since, as the target's key of a server that doesn't answer it. */
export async function done(tx: Tx, { folder, items }: Of<'done'>): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ key, targetKey, digest, targetFlags }) => [
    key,
    targetKey ?? null,
    digest?.toString('hex') ?? null,
    stringifyOrNull(targetFlags),
  ])
  await exactly(
    tx,
    'done',
    items.length,
    sql`
      update items set
        attempts = attempts + (state = ${code('intended')}), state = ${code('done')},
        target_key = coalesce(value ->> 1, target_key), digest = coalesce(unhex(value ->> 2), digest),
        target_flags = coalesce(value ->> 3, target_flags), reason = null, error = null
      from ${list(rows)} where folder = ${folder} and source_key = value ->> 0 and state in (${codes('intended', 'done')})
    `,
  )
}
