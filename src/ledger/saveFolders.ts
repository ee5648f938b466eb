import { type Selectable, sql } from 'kysely'
import { MailferryError } from '../domain/errors.ts'
import type { PairId } from '../domain/ids.ts'
import { folderOf } from './folders.ts'
import { stringifyOrNull } from './json.ts'
import type { Tx } from './ledger.ts'
import type { FolderPatch } from './pairWriter.ts'
import type { FolderRow } from './rows.ts'
import type { FoldersTable } from './schema.ts'

export type NewFolderRow = Omit<FolderRow, 'id' | 'pair' | 'intentNext'>

/**
 * Adds folders by their source path, or updates those known, and answers them in the given order. What a given folder
 * leaves out is cleared, but for checkpoint and version, which stay while the source's validity is the same.
 */
export async function saveFolders(tx: Tx, pair: PairId, folders: readonly NewFolderRow[]): Promise<readonly FolderRow[]> {
  const { rows } = await sql<Selectable<FoldersTable>>`
    insert into folders (pair, source_id, source_path, source_validity, role, target_id, target_path, target_validity, checkpoint, version, excluded, error)
    select ${pair}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10
    from json_each(${JSON.stringify(folders.map(columns))}) where true
    on conflict do update set source_id = excluded.source_id, role = excluded.role, target_id = excluded.target_id,
      target_path = excluded.target_path, target_validity = excluded.target_validity, excluded = excluded.excluded, error = excluded.error,
      checkpoint = coalesce(excluded.checkpoint, iif(source_validity = excluded.source_validity, checkpoint, null)),
      version = coalesce(excluded.version, iif(source_validity = excluded.source_validity, version, null)),
      source_validity = excluded.source_validity
    returning *
  `.execute(tx)
  const saved = new Map(rows.map(row => [row.source_path, folderOf(row)]))
  return folders.map(folder => {
    const row = saved.get(JSON.stringify(folder.sourcePath))
    if (row === undefined) throw new MailferryError('internal', { detail: 'a saved folder did not come back' })
    return row
  })
}

const columns = (folder: NewFolderRow) => [
  folder.sourceId,
  JSON.stringify(folder.sourcePath),
  folder.sourceValidity,
  stringifyOrNull(folder.role),
  folder.targetId ?? null,
  stringifyOrNull(folder.targetPath),
  folder.targetValidity ?? null,
  folder.checkpoint ?? null,
  folder.version ?? null,
  stringifyOrNull(folder.excluded),
  stringifyOrNull(folder.error),
]

/** Changes what a patch names. */
export async function patchFolder(tx: Tx, folder: number, patch: FolderPatch): Promise<void> {
  const values = {
    ...(patch.sourceId !== undefined && { source_id: patch.sourceId }),
    ...(patch.sourcePath !== undefined && { source_path: JSON.stringify(patch.sourcePath) }),
    ...(patch.sourceValidity !== undefined && { source_validity: patch.sourceValidity }),
    ...(patch.role !== undefined && { role: JSON.stringify(patch.role) }),
    ...(patch.targetId !== undefined && { target_id: patch.targetId }),
    ...(patch.targetPath !== undefined && { target_path: JSON.stringify(patch.targetPath) }),
    ...(patch.targetValidity !== undefined && { target_validity: patch.targetValidity }),
    ...(patch.checkpoint !== undefined && { checkpoint: patch.checkpoint }),
    ...(patch.version !== undefined && { version: patch.version }),
    ...(patch.excluded !== undefined && { excluded: stringifyOrNull(patch.excluded) }),
    ...(patch.error !== undefined && { error: stringifyOrNull(patch.error) }),
  }
  if (Object.keys(values).length > 0) await tx.updateTable('folders').set(values).where('id', '=', folder).execute()
}
