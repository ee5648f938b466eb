import type { WriteOptions } from '../../mailServer.ts'
import { askEach } from './askEach.ts'
import type { MessageChange } from './messageChange.ts'
import { type Message, messageSchema } from './messageInfo.ts'
import { readJson } from './pages.ts'
import { beforeDeadline, isGone, messagePath, type SessionContext, sessionError } from './sessionContext.ts'

/** Changes messages. May be done twice, so what had no answer is sent again. Answers what they are since, without those that are gone or refuse the change. */
export async function updateMessages(
  context: SessionContext,
  changes: ReadonlyMap<string, MessageChange>,
  options: WriteOptions,
): Promise<Map<string, Message>> {
  const operation = 'PATCH messages/{id}'
  const updated = new Map<string, Message>()
  await askEach(context, [...changes.keys()], {
    operation,
    signal: options.signal,
    beforeSend: beforeDeadline(context, options),
    request: id => ({ method: 'PATCH', path: messagePath(context, id), json: changes.get(id) }),
    answered(key, response) {
      if (isGone(response) || isConflict(response)) return
      if (response.error) {
        const error = sessionError(context, { operation }, response)
        if (error.remedy === 'person') throw error
        return
      }
      updated.set(key, readJson(context, messageSchema, response.json, operation))
    },
  })
  return updated
}

const isConflict = ({ status }: { readonly status: number }): boolean => status === 409 || status === 412
