import type { ItemInfo } from '../../domain/mail.ts'
import type { Checkpoint, Folder, FolderChanges, ScanOptions } from '../mailServer.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { listFolder } from './listFolder.ts'
import { scanChanges } from './scanChanges.ts'
import { asUid, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { inFolder } from './wire/inFolder.ts'
import { searchUids } from './wire/searchUids.ts'
import { cut } from './wire/uidPages.ts'

/** What changed in a folder since the checkpoint, or all of it without one. A checkpoint of another UIDVALIDITY is none. */
export async function* scan(
  context: SessionContext,
  folder: Folder,
  { since, signal }: ScanOptions,
): AsyncGenerator<FolderChanges, Checkpoint> {
  throwIfStopped(signal, 'listing')
  const stand = since && readCheckpoint(since.checkpoint)
  if (since && stand?.validity === folder.validity) return yield* scanChanges(context, folder, stand, since.known.map(asUid), signal)
  return yield* scanAll(context, folder, signal)
}

async function* scanAll(context: SessionContext, folder: Folder, signal: AbortSignal): AsyncGenerator<FolderChanges, Checkpoint> {
  const { selection, pages } = await listFolder(context, folder, 1, signal)
  const listed = new Set<number>()
  let highest = 0
  for await (const items of pages) {
    for (const { key } of items) {
      const uid = asUid(key)
      listed.add(uid)
      if (uid > highest) highest = uid
    }
    yield { items, flags: [], vanished: [] }
  }
  const { exists, modseq, uidNext: next = highest + 1 } = selection
  if (listed.size < exists) {
    for (const items of cut(await unlisted(context, folder, listed, next))) yield { items, flags: [], vanished: [] }
  }
  return writeCheckpoint({ validity: folder.validity, next, messages: exists, ...(modseq !== undefined && { modseq }) })
}

/**
 * Messages the server has but didn't describe: some leave out what they can't render. Nothing is known of them, yet they must not be
 * passed over in silence: reading them will either work or tell why not.
 */
async function unlisted(context: SessionContext, folder: Folder, listed: ReadonlySet<number>, next: number): Promise<ItemInfo[]> {
  const open = await inFolder(context, folder, { notBefore: performance.now() })
  const missing: ItemInfo[] = []
  for (const [from, to] of await searchUids(context, open, next - 1)) {
    for (let uid = from; uid <= to; uid++) if (!listed.has(uid)) missing.push({ key: uid, size: 0, received: 0, flags: [] })
  }
  return missing
}
