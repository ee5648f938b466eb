import type { ItemKey } from '../../domain/mail.ts'
import type { Folder, WriteOptions } from '../mailServer.ts'
import { existing } from './existing.ts'
import { expunge } from './expunge.ts'
import { move } from './move.ts'
import { asUid, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { inFolder } from './wire/inFolder.ts'
import { ascendingRuns } from './wire/uidSet.ts'

const uidsPerCommand = 500

/** Deletes messages so that a person can get them back: into the deleted-items folder. Where there is none, or they lie in it, for good. Answers which. */
export async function remove(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  bin: Folder | undefined,
  options: WriteOptions,
): Promise<Set<ItemKey>> {
  throwIfStopped(options.signal, 'deleting')
  if (bin && bin.id !== folder.id) return new Set((await move(context, folder, keys, bin, options)).keys())
  if (keys.length === 0) return new Set()
  const open = await inFolder(context, folder, { writable: true, notBefore: performance.now() })
  const uids = await existing(open, keys.map(asUid))
  for (const run of ascendingRuns(uids, uidsPerCommand)) await expunge(context, open, run, options)
  return new Set(uids)
}
