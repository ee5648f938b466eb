import type { Readable, Writable } from 'node:stream'
import type { ImapFlow } from 'imapflow'
import { MailferryError } from '../../domain/errors.ts'
import type { Namespace } from './names.ts'
import { decodeUtf7 } from './namesUtf7.ts'

/** A signed-in connection without a client: whoever holds it reads and writes all of it. */
export interface RawConnection {
  /** Decompressed where COMPRESS is on. */
  readonly read: Readable
  /** Compresses and flushes by itself where COMPRESS is on; `write` answers false when it is full. */
  readonly write: Writable
  /** The socket underneath, for timeouts and for `destroy`; the only thing to destroy. */
  readonly socket: RawSocket
  /** Upper case, e.g. `LITERAL+`; `APPENDLIMIT` alone where the limit follows in `appendLimit`. */
  readonly capabilities: ReadonlySet<string>
  /** Bytes, where the server named a limit for all folders (RFC 7889). */
  readonly appendLimit?: number
  /** Extensions that ENABLE switched on (RFC 5161), upper case. */
  readonly enabled: ReadonlySet<string>
  readonly namespace: Namespace
}

export type RawSocket = ReturnType<ImapFlow['unbind']>['socket']

/**
 * Takes the sockets from a signed-in client that has no command running; the client is of no use afterwards. Tags begin anew at the
 * taker's wish. An untagged line that arrives in this very moment is lost, which harms nothing while no mailbox is selected.
 */
export function handOver(client: ImapFlow): RawConnection {
  if (!client.usable)
    throw new MailferryError('server.dropped', { host: client.host, cause: client.byeReason ?? 'the connection was closed' })
  const { capabilities, enabled } = client
  const limit = capabilities.get('APPENDLIMIT')
  const namespace = namespaceOf(client)
  const { readSocket, writeSocket, socket } = client.unbind()
  return {
    read: readSocket,
    write: writeSocket,
    socket,
    capabilities: new Set([...capabilities.keys()].map(name => name.toUpperCase())),
    ...(typeof limit === 'number' && limit > 0 && { appendLimit: limit }),
    enabled: new Set(enabled),
    namespace,
  }
}

/** The personal namespace (RFC 2342), from `LIST "" ""` where the server has no NAMESPACE. */
export function namespaceOf({ namespace, enabled }: ImapFlow): Namespace {
  const prefix = namespace?.prefix ?? ''
  const utf8 = enabled.has('UTF8=ACCEPT')
  return { prefix: utf8 ? prefix : (decodeUtf7(prefix) ?? prefix), delimiter: namespace?.delimiter ?? undefined, utf8 }
}
