import type { Selectable } from 'kysely'
import { asPairId, type PairId } from '../domain/ids.ts'
import type { FolderRole } from '../domain/mail.ts'
import type { StoredError } from '../domain/pair.ts'
import { optional, parse, parseOrNothing } from './json.ts'
import type { Reader } from './ledger.ts'
import type { FilterReason, FolderRow } from './rows.ts'
import type { FoldersTable } from './schema.ts'

/** A row as the migration has it. */
export const folderOf = (row: Selectable<FoldersTable>): FolderRow => ({
  id: row.id,
  pair: asPairId(row.pair ?? ''),
  sourceId: row.source_id,
  sourcePath: parse<string[]>(row.source_path),
  sourceValidity: row.source_validity,
  ...optional('role', row.role === null ? undefined : parse<FolderRole>(row.role)),
  ...optional('targetId', row.target_id),
  ...optional('targetPath', parseOrNothing<string[]>(row.target_path)),
  ...optional('targetValidity', row.target_validity),
  ...optional('checkpoint', row.checkpoint),
  ...optional('version', row.version),
  ...optional('intentNext', row.intent_next),
  ...optional('excluded', row.excluded === null ? undefined : parse<FilterReason>(row.excluded)),
  ...optional('error', parseOrNothing<StoredError>(row.error)),
})

/** The folders of a pair, by source path. */
export async function foldersOf(db: Reader, pair: PairId): Promise<FolderRow[]> {
  const rows = await db.selectFrom('folders').selectAll().where('pair', '=', pair).orderBy('source_path').execute()
  return rows.map(folderOf)
}

/** One folder by the ledger's number; absent where it was forgotten meanwhile. */
export async function folderById(db: Reader, folder: number): Promise<FolderRow | undefined> {
  const row = await db.selectFrom('folders').selectAll().where('id', '=', folder).executeTakeFirst()
  return row && folderOf(row)
}
