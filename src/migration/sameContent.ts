import type { ItemRow } from '../ledger/rows.ts'
import { samePrint } from './content/contentPrint.ts'
import { readPrints } from './content/readPrints.ts'
import type { FolderTask, Shared } from './folderTask.ts'

/** Those of the rows whose items say the same on both sides, whatever their versions are: read and compared, so nothing is known of what is no message. */
export async function sameContent<Row extends ItemRow>(
  { source, target, signal }: Shared,
  { from, to }: FolderTask,
  rows: readonly Row[],
): Promise<Set<Row>> {
  if (rows.length === 0) return new Set()
  const [ours, theirs] = await Promise.all([
    readPrints(
      source,
      from,
      rows.map(row => row.key),
      signal,
    ),
    readPrints(
      target,
      to,
      rows.flatMap(row => row.targetKey ?? []),
      signal,
    ),
  ])
  return new Set(
    rows.filter(row => {
      const [here, there] = [ours.get(row.key), theirs.get(row.targetKey ?? '')]
      return here !== undefined && there !== undefined && samePrint(here, there)
    }),
  )
}
