import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, MailSession, Placed, WriteOptions } from '../../mailServer.ts'
import { property } from './properties.ts'
import { asItemId, holdsMessages, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { updateMessages } from './updateMessages.ts'

type Stamping = Parameters<NonNullable<MailSession['stamp']>>[1]

/**
 * Gives messages their marker; what was given it as it was written needn't be asked for once more. Items of other classes can't be changed by the import
 * and export API and stay without: they are known by what copies share.
 */
export async function stamp(
  context: SessionContext,
  folder: Folder,
  items: Stamping,
  options: WriteOptions,
): Promise<Map<ItemKey, Placed>> {
  throwIfStopped(options.signal, 'marking')
  const placed = new Map<ItemKey, Placed>()
  if (!holdsMessages(context, folder)) return placed
  const open = items.filter(({ key, marker }) => {
    const done = context.stamped.get(key)
    context.stamped.delete(key)
    if (done?.marker !== marker) return true
    placed.set(key, done.version === undefined ? {} : { version: done.version })
    return false
  })
  const changes = open.map(({ key, marker }) => [asItemId(key), markerChange(marker)] as const)
  for (const [key, { changeKey }] of await updateMessages(context, new Map(changes), options))
    placed.set(key, changeKey == null ? {} : { version: changeKey })
  return placed
}

export const markerChange = (marker: string) => ({ singleValueExtendedProperties: [{ id: property.marker, value: marker }] })
