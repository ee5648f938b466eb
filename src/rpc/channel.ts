import type { ChildProcess } from 'node:child_process'
import {
  createMessageConnection,
  type DataCallback,
  type Disposable,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  ProgressType,
  RequestType,
  ResponseError,
} from 'vscode-jsonrpc/node'
import { z } from 'zod'
import { MailferryError } from '../domain/errors.ts'
import type { StoredError } from '../domain/pair.ts'
import type { EngineEvent } from './events.ts'
import { packError } from './packError.ts'
import { unpackError } from './packedError.ts'

/** One end of Node's IPC: the child as its parent has it, or the child's own process. */
export type IpcEnd = ChildProcess | NodeJS.Process

const messageId = z.union([z.number(), z.string(), z.null()])

/** JSON-RPC 2.0: a request or a notification, or an answer. */
const message = z.union([
  z.looseObject({ jsonrpc: z.literal('2.0'), method: z.string() }),
  z.looseObject({ jsonrpc: z.literal('2.0'), id: messageId, result: z.unknown() }),
  z.looseObject({ jsonrpc: z.literal('2.0'), id: messageId, error: z.looseObject({ code: z.number(), message: z.string() }) }),
])

class CheckingReader extends IPCMessageReader {
  override listen(callback: DataCallback): Disposable {
    return super.listen(received => {
      if (message.safeParse(received).success) callback(received)
      else this.fireError(new MailferryError('engine.channel', { detail: 'it is no JSON-RPC' }))
    })
  }
}

/** What a request carries: `call` binds its events to it. */
export const callParams = z.strictObject({ call: z.int(), params: z.unknown() })
export type CallParams = z.infer<typeof callParams>

/** A request as `vscode-jsonrpc` is told of it; an error travels as the data of its error. */
export const requestType = <Answer>(method: string): RequestType<CallParams, Answer, StoredError> => new RequestType(method)

/** Events of a call in progress. */
export const callEvents = new ProgressType<EngineEvent>()

export interface Channel {
  readonly connection: MessageConnection
  /** Ends it for a reason of this end's own. */
  close(why: MailferryError): void
}

/**
 * JSON-RPC over Node's IPC. `ended` hears once why it is over: the other end is gone, or sent what is no message, after which nothing of it
 * can be trusted. Whatever was pending then fails.
 */
export function openChannel(end: IpcEnd, ended: (why: MailferryError) => void): Channel {
  const connection = createMessageConnection(new CheckingReader(end), new IPCMessageWriter(end))
  let over = false
  const close = (why: MailferryError): void => {
    if (over) return
    over = true
    connection.dispose()
    ended(why)
  }
  const gone = (): void => close(new MailferryError('engine.died', { cause: 'its channel was closed' }))
  connection.onError(([error]) =>
    close(error instanceof MailferryError ? error : new MailferryError('engine.died', { cause: error.message })),
  )
  connection.onClose(gone)
  end.once('disconnect', gone)
  connection.onDispose(() => {
    over = true
  })
  return { connection, close }
}

const ourErrors = -32_000

export const responseError = (thrown: unknown): ResponseError<StoredError> => {
  const packed = packError(thrown)
  return new ResponseError(ourErrors, packed.code, packed)
}

/** What a request failed with. All that isn't an answer of the other end is the end of the channel. */
export const requestError = (thrown: unknown): MailferryError => {
  if (thrown instanceof ResponseError && thrown.code === ourErrors) return unpackError(thrown.data)
  return new MailferryError('engine.died', { cause: thrown instanceof Error ? thrown.message : String(thrown) })
}
