import type { ItemInfo } from '../../domain/mail.ts'
import type { Folder } from '../mailServer.ts'
import { infoItems, infoOf } from './infos.ts'
import type { SessionContext } from './sessionContext.ts'
import { fetchRange } from './wire/fetchRange.ts'
import { inFolder } from './wire/inFolder.ts'
import type { Selection } from './wire/selection.ts'
import { cut, uidPages } from './wire/uidPages.ts'

/** Folders with up to so many messages are listed with one command, sent together with the opening. */
const listedAtOnce = 10_000

/** A folder opened for listing. */
export interface Listing {
  readonly selection: Selection
  /** From the first UID wanted to the last there was when the folder was opened. */
  readonly pages: AsyncIterable<readonly ItemInfo[]>
}

/** Opens a folder anew and lists its messages from a UID on. Throws when it can't be opened. */
export async function listFolder(context: SessionContext, folder: Folder, first: number, signal: AbortSignal): Promise<Listing> {
  const since = performance.now()
  const open = await inFolder(context, folder, { notBefore: since })
  const { selection } = open
  const whole = { from: first, items: infoItems, pick: infoOf }
  const atOnce = folder.count > 0 && folder.count <= listedAtOnce ? fetchRange(open, whole) : undefined
  atOnce?.catch(() => {})
  await selection.opened

  async function* pages(): AsyncGenerator<readonly ItemInfo[]> {
    const { uidNext, exists } = selection
    if (exists === 0) return
    if (atOnce !== undefined) yield* cut((await atOnce).filter(({ key }) => uidNext === undefined || Number(key) < uidNext))
    else if (uidNext !== undefined)
      yield* uidPages(context, folder, { first, next: uidNext, items: infoItems, pick: infoOf, signal, since })
    else yield* cut(await fetchRange(open, whole))
  }
  return { selection, pages: pages() }
}
