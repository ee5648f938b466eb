import type { ItemKey } from '../../../domain/mail.ts'
import { askEach } from './askEach.ts'
import { asItemId, isGone, messagePath, type SessionContext, sessionError } from './sessionContext.ts'

/** Moves messages that were begun and not finished to the deleted items, where whoever wonders may look at them. */
export async function removeHalf(
  context: SessionContext,
  keys: readonly ItemKey[],
  signal: AbortSignal,
  beforeSend?: () => void,
): Promise<void> {
  const operation = 'POST messages/{id}/move'
  await askEach(context, keys.map(asItemId), {
    operation,
    signal,
    ...(beforeSend && { beforeSend }),
    request: id => ({ method: 'POST', path: `${messagePath(context, id)}/move`, json: { destinationId: 'deleteditems' } }),
    answered(_key, response) {
      if (response.error && !isGone(response)) throw sessionError(context, { operation }, response)
    },
  })
}
