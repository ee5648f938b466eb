import type { ItemInfo } from '../../domain/mail.ts'
import type { Folder } from '../mailServer.ts'
import { listFolder } from './listFolder.ts'
import { type SessionContext, throwIfStopped } from './sessionContext.ts'

/** The messages with UIDs at or after `next`, or all, in pages. */
export async function* find(
  context: SessionContext,
  folder: Folder,
  next: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly ItemInfo[]> {
  throwIfStopped(signal, 'listing')
  const { pages } = await listFolder(context, folder, next ?? 1, signal)
  yield* pages
}
