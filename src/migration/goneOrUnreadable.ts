import { MailferryError } from '../domain/errors.ts'
import type { ItemInfo } from '../domain/mail.ts'
import type { Change } from '../ledger/rows.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { storedError } from './storedError.ts'

/**
 * An item that was listed and then not given has been expunged meanwhile, most likely. That is only believed when the server, asked again,
 * doesn't list it any more: an item forgotten by mistake would be missed by nobody.
 */
export async function goneOrUnreadable({ source, signal }: Shared, task: FolderTask, missing: readonly ItemInfo[]): Promise<Change[]> {
  const folder = task.row.id
  const still = await source.infos(
    task.from,
    missing.map(({ key }) => key),
    signal,
  )
  const error = storedError(new MailferryError('item.unreadable', { response: 'the server lists it and does not give it' }))
  const gone = missing.filter(({ key }) => !still.has(key)).map(({ key }) => key)
  const unreadable = missing.filter(({ key }) => still.has(key)).map(info => ({ ...info, error }))
  return [
    ...(gone.length > 0 ? [{ kind: 'forget', folder, keys: gone } as const] : []),
    ...(unreadable.length > 0 ? [{ kind: 'fail', folder, items: unreadable } as const] : []),
  ]
}
