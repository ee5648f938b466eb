import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** One response: its text, where each literal left only its `{size}`, and the literals in order. */
export interface Response {
  readonly text: string
  readonly literals: readonly Buffer[]
}

/** A bare IMAP connection without TLS: sends what it is given, hands back what comes. Commands may overlap. */
export interface RawImap extends AsyncDisposable {
  /** The greeting's text. */
  readonly greeting: string
  /** Sends strings as they are and buffers as non-synchronising literals. Resolves to the tagged answer's text; NO and BAD throw. */
  command(parts: readonly (string | Buffer)[], onUntagged?: (response: Response) => void): Promise<string>
  /** Reads no more from the network until `resume`. */
  pause(): void
  resume(): void
}

interface Pending {
  readonly resolve: (text: string) => void
  readonly reject: (error: Error) => void
  readonly onUntagged: ((response: Response) => void) | undefined
}

export async function connectRaw(where: { host: string; port: number }): Promise<RawImap> {
  const socket = connect({ host: where.host, port: where.port, noDelay: true })
  const pending = new Map<string, Pending>()
  const greeting = Promise.withResolvers<string>()
  greeting.promise.catch(() => {})
  let tags = 0

  const fail = (error: Error) => {
    greeting.reject(error)
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  let greeted = false
  readResponses(socket, response => {
    if (!greeted) {
      greeted = true
      return greeting.resolve(response.text)
    }
    const tag = response.text.slice(0, response.text.indexOf(' '))
    const done = pending.get(tag)
    // Untagged data is taken to belong to the oldest command; not so where Dovecot ends two FETCHes together.
    if (!done) return pending.values().next().value?.onUntagged?.(response)
    pending.delete(tag)
    if (response.text.startsWith(`${tag} OK`)) done.resolve(response.text)
    else done.reject(new Error(response.text))
  })

  return {
    greeting: await greeting.promise,
    command(parts, onUntagged) {
      const tag = `A${++tags}`
      socket.cork()
      socket.write(`${tag} `)
      for (const part of parts) {
        if (typeof part !== 'string') socket.write(`{${part.length}+}\r\n`)
        socket.write(part)
      }
      socket.write('\r\n')
      socket.uncork()
      return new Promise((resolve, reject) => pending.set(tag, { resolve, reject, onUntagged }))
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    async [Symbol.asyncDispose]() {
      if (socket.closed) return
      socket.destroy()
      await once(socket, 'close')
    },
  }
}

export async function signInRaw(where: { host: string; port: number }, user: string, password: string): Promise<RawImap> {
  const connection = await connectRaw(where)
  try {
    await connection.command(['LOGIN ', Buffer.from(user), ' ', Buffer.from(password)])
    return connection
  } catch (error) {
    await connection[Symbol.asyncDispose]()
    throw error
  }
}

/** A quoted string, or the literal where it can't be one. */
export const astring = (text: string): string | Buffer =>
  /^[\x20-\x7e]*$/.test(text) ? `"${text.replace(/[\\"]/g, '\\$&')}"` : Buffer.from(text)

/** Cuts the stream into responses (RFC 3501, 2.2); a literal's bytes are copied once, whatever their number. */
function readResponses(socket: Socket, give: (response: Response) => void): void {
  let text = ''
  let literals: Buffer[] = []
  let line: Buffer[] = []
  let literal: { readonly bytes: Buffer; filled: number } | undefined

  const endLine = (end: Buffer) => {
    const part = (line.length === 0 ? end : Buffer.concat([...line, end])).toString('latin1').replace(/\r\n$/, '')
    line = []
    text += part
    const size = /\{(\d+)\}$/.exec(part)?.[1]
    if (size !== undefined) {
      literal = { bytes: Buffer.allocUnsafe(Number(size)), filled: 0 }
      if (size === '0') endLiteral()
      return
    }
    const response = { text, literals }
    text = ''
    literals = []
    give(response)
  }
  const endLiteral = () => {
    if (literal) literals.push(literal.bytes)
    literal = undefined
  }

  socket.on('data', (data: Buffer) => {
    let at = 0
    while (at < data.length) {
      if (literal) {
        const copied = data.copy(literal.bytes, literal.filled, at)
        literal.filled += copied
        at += copied
        if (literal.filled === literal.bytes.length) endLiteral()
        continue
      }
      const end = data.indexOf(10, at)
      if (end < 0) {
        line.push(data.subarray(at))
        return
      }
      endLine(data.subarray(at, end + 1))
      at = end + 1
    }
  })
}
