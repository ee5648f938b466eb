import { MailferryError } from '../../../domain/errors.ts'
import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, OutgoingItem, WriteOptions, WriteResult } from '../../mailServer.ts'
import { alignFlags } from './alignFlags.ts'
import { asItemId, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { type Uploader, write } from './write.ts'
import type { Writing } from './writing.ts'

type Replacing = OutgoingItem & { readonly key: ItemKey }

/** Puts new content into items of ours, which keep their ids: by Exchange's stream, for MIME can't be put into an item. */
export async function replace(
  context: SessionContext,
  folder: Folder,
  items: readonly Replacing[],
  options: WriteOptions,
  upload: Uploader,
): Promise<readonly WriteResult[]> {
  throwIfStopped(options.signal, 'replacing')
  const other = items.find(({ format }) => format !== 'fts')
  if (other) throw new MailferryError('internal', { detail: `${other.format} can’t be put into an item` })
  const keys = new Map<OutgoingItem, string>(items.map(item => [item, asItemId(item.key)]))
  const writing: Writing = { context, folder, options, replaced: item => keys.get(item) }
  return alignFlags(writing, items, await write(writing, items, upload))
}
