import type { ItemInfo } from '../domain/mail.ts'
import { type Confirmed, copyAs } from './copyAs.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { stampWritten } from './stampWritten.ts'

/**
 * Copies items of one folder down the transfer ladder: in the best format that both ends have, what can't be carried in it in the next, once each. Items that
 * are between two formats when a run ends have no row, or the one they had: they are listed again, for the folder's checkpoint comes last.
 */
export async function copyItems(shared: Shared, task: FolderTask, items: readonly ItemInfo[], confirmed: Confirmed): Promise<void> {
  const { formats, stopping, target } = shared
  let refused: Parameters<typeof copyAs>[2] = { items, reasons: new Map() }
  for (const [step, format] of formats.entries()) {
    if (refused.items.length === 0 || stopping.aborted) break
    const [next, why] = [formats[step + 1], shared.withheld.get(format)]
    if (next && why) refused = { ...refused, reasons: new Map(refused.items.map(({ key }) => [key, refused.reasons.get(key) ?? why])) }
    else refused = await copyAs(shared, task, refused, { format, next }, confirmed)
  }
  await stampWritten(shared, [task], { wholePages: target.traits.keysOfMailbox === true })
}
