import type { ItemKey } from '../../domain/mail.ts'
import type { ItemRow } from '../../ledger/rows.ts'
import type { FolderTask, Shared } from '../folderTask.ts'
import { isOldVersion } from '../rules/oldVersion.ts'
import { samePrint } from './contentPrint.ts'
import { readPrints } from './readPrints.ts'

type Written = ItemRow & { readonly targetKey: ItemKey }

/** Messages read whole on both sides, of those that one reading back looks at. */
const samples = 3

/** Bytes; larger ones would cost more than they tell. */
const largest = 1_000_000

/**
 * Of messages that the target composed anew, some few whose content isn't the source's. All of them are compared by a verification alone. One that can't be read, or of
 * which is known that something was lost, tells nothing.
 */
export async function differingSample(
  { source, target, signal }: Shared,
  taskOf: (folder: number) => FolderTask | undefined,
  rows: readonly Written[],
): Promise<ReadonlySet<Written>> {
  const differing = new Set<Written>()
  if (target.traits.keepsBytes) return differing
  const telling = rows.filter(
    row =>
      row.format === 'rfc822' && row.error === undefined && !row.flags.includes('\\Draft') && row.size <= largest && !isOldVersion(row.key),
  )
  for (const row of spread(telling)) {
    const task = taskOf(row.folder)
    if (!task) continue
    const here = (await readPrints(source, task.from, [row.key], signal)).get(row.key)
    const there = here === undefined ? undefined : (await readPrints(target, task.to, [row.targetKey], signal)).get(row.targetKey)
    if (here !== undefined && there !== undefined && !samePrint(here, there)) differing.add(row)
  }
  return differing
}

/** Evenly over all. */
const spread = <Row>(rows: readonly Row[]): Row[] =>
  Array.from(
    { length: Math.min(samples, rows.length) },
    (_, at) => rows[Math.floor(((at + 0.5) * rows.length) / Math.min(samples, rows.length))],
  ).flatMap(row => row ?? [])
