import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, Placed, WriteOptions } from '../../mailServer.ts'
import { askEach } from './askEach.ts'
import { messageSchema } from './messageInfo.ts'
import { readJson } from './pages.ts'
import {
  asItemId,
  beforeDeadline,
  holdsMessages,
  isGone,
  messagePath,
  type SessionContext,
  sessionError,
  throwIfStopped,
} from './sessionContext.ts'

/**
 * Moves messages, which keep their ids: so what had no answer is sent again. Those that are gone are left out, as are items of other classes, which the
 * import and export API doesn't move.
 */
export async function move(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  to: Pick<Folder, 'id'>,
  options: WriteOptions,
): Promise<Map<ItemKey, Placed>> {
  throwIfStopped(options.signal, 'moving')
  const moved = new Map<ItemKey, Placed>()
  if (!holdsMessages(context, folder)) return moved
  const operation = 'POST messages/{id}/move'
  await askEach(context, keys.map(asItemId), {
    operation,
    signal: options.signal,
    beforeSend: beforeDeadline(context, options),
    request: id => ({ method: 'POST', path: `${messagePath(context, id)}/move`, json: { destinationId: to.id } }),
    answered(key, response) {
      if (isGone(response)) return
      if (response.error) throw sessionError(context, { operation }, response)
      const { id, changeKey } = readJson(context, messageSchema, response.json, operation)
      moved.set(key, { key: id, ...(changeKey != null && { version: changeKey }) })
    },
  })
  context.lastWrite = performance.now()
  return moved
}
