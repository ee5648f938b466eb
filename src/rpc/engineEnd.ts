import type { CancellationToken } from 'vscode-jsonrpc/node'
import { isError, MailferryError } from '../domain/errors.ts'
import { callEvents, callParams, type IpcEnd, openChannel, requestError, requestType, responseError } from './channel.ts'
import type { Notification, NotificationMethod } from './notifications.ts'
import { type Call, type Method, protocol } from './protocol.ts'
import { type SecretAnswer, secretRequest } from './secretRequest.ts'

export interface EngineEndOptions {
  /** Answers a request whose parameters it checks itself. */
  readonly answer: (method: Method, params: unknown, call: Call) => Promise<unknown>
  /** The editor is gone, or the channel is damaged. */
  readonly ended: (why: MailferryError) => void
}

/** The engine's end of the channel. */
export interface EngineEnd {
  notify<Of extends NotificationMethod>(method: Of, value: Notification<Of>): void
  /** Asks the editor for a connection's secret. Throws `engine.died` where it is gone. */
  secretOf(connection: string): Promise<SecretAnswer>
}

const isMethod = (method: string): method is Method => Object.hasOwn(protocol, method)

export function engineEnd(end: IpcEnd, { answer, ended }: EngineEndOptions): EngineEnd {
  const editorGone = new AbortController()
  const { connection } = openChannel(end, why => {
    editorGone.abort()
    ended(why)
  })

  connection.onRequest(async (method: string, received: unknown, token: CancellationToken) => {
    const signal = signalOf(token)
    try {
      const { call, params } = callParams.parse(received)
      if (!isMethod(method)) throw new MailferryError('engine.channel', { detail: `nobody answers ${method}` })
      return await answer(method, params, {
        signal,
        emit(event) {
          if (!editorGone.signal.aborted) void connection.sendProgress(callEvents, call, event).catch(() => {})
        },
      })
    } catch (error) {
      return responseError(signal.aborted && !isError(error) ? new MailferryError('stopped', { what: method }) : error)
    }
  })
  connection.listen()

  return {
    notify(method, value) {
      if (!editorGone.signal.aborted) void connection.sendNotification(method, value).catch(() => {})
    },
    async secretOf(connectionId) {
      try {
        const request = requestType<unknown>(secretRequest.method)
        return secretRequest.answer.parse(await connection.sendRequest(request, { call: 0, params: { connection: connectionId } }))
      } catch (error) {
        throw requestError(error)
      }
    },
  }
}

/** Aborted when the caller cancels. */
function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController()
  if (token.isCancellationRequested) controller.abort()
  token.onCancellationRequested(() => controller.abort())
  return controller.signal
}
