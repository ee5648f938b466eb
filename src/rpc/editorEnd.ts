import { CancellationTokenSource } from 'vscode-jsonrpc/node'
import type { z } from 'zod'
import { MailferryError } from '../domain/errors.ts'
import { callEvents, callParams, type IpcEnd, openChannel, requestError, requestType, responseError } from './channel.ts'
import { type Notification, type NotificationMethod, notifications } from './notifications.ts'
import type { Client, Result } from './protocol.ts'
import { type SecretAnswer, secretRequest } from './secretRequest.ts'

export interface EditorEndOptions {
  readonly notified: { readonly [Of in NotificationMethod]: (value: Notification<Of>) => void }
  readonly secretOf: (connection: string) => Promise<SecretAnswer>
  /** The engine is gone, or the channel is damaged; pending calls fail with it. */
  readonly ended: (why: MailferryError) => void
}

export interface EditorEnd extends Client {
  /** Ends the channel; what is pending fails with this. */
  close(why: MailferryError): void
}

const isNotification = (method: string): method is NotificationMethod => Object.hasOwn(notifications, method)

const checks: { readonly [Of in NotificationMethod]: Pick<z.ZodType<Notification<Of>>, 'safeParse'> } = notifications

/** The editor's end of the channel. */
export function editorEnd(end: IpcEnd, { notified, secretOf, ended }: EditorEndOptions): EditorEnd {
  let over: MailferryError | undefined
  const { connection, close } = openChannel(end, why => {
    over = why
    ended(why)
  })
  let calls = 0

  const deliver = <Of extends NotificationMethod>(method: Of, value: unknown): void => {
    const checked = checks[method].safeParse(value)
    if (checked.success) notified[method](checked.data)
    else close(new MailferryError('engine.channel', { detail: `${method} isn't as it was declared` }))
  }

  connection.onNotification((method: string, value: unknown) => {
    if (isNotification(method)) deliver(method, value)
    else close(new MailferryError('engine.channel', { detail: `${method} isn't declared` }))
  })
  connection.onRequest(requestType<SecretAnswer>(secretRequest.method), async received => {
    try {
      return await secretOf(secretRequest.params.parse(callParams.parse(received).params).connection)
    } catch (error) {
      return responseError(error)
    }
  })
  connection.listen()

  return {
    async call(method, params, { signal, emit } = {}) {
      if (over !== undefined) throw over
      if (signal?.aborted) throw new MailferryError('stopped', { what: method })
      const call = ++calls
      const cancellation = new CancellationTokenSource()
      const cancel = (): void => cancellation.cancel()
      signal?.addEventListener('abort', cancel, { once: true })
      const events = emit && connection.onProgress(callEvents, call, emit)
      try {
        return await connection.sendRequest(requestType<Result<typeof method>>(method), { call, params }, cancellation.token)
      } catch (error) {
        throw over ?? requestError(error)
      } finally {
        events?.dispose()
        signal?.removeEventListener('abort', cancel)
        cancellation.dispose()
      }
    },
    close,
  }
}
