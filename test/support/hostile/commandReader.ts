import type { Socket } from 'node:net'

/** What a command's text is made of: atoms and quoted strings, literals, parenthesised lists. */
export type Token = string | Buffer | readonly Token[]

export interface Command {
  readonly tag: string
  /** Upper case; `UID FETCH` and the like are one name. */
  readonly name: string
  readonly args: readonly Token[]
  /** The whole command without its tag, literals as `{size}`: what rules are matched against. */
  readonly text: string
}

export interface LiteralPolicy {
  /** `+` takes all non-synchronising literals (RFC 7888), `-` those up to 4096 bytes, `sync` none. */
  readonly literals: '+' | '-' | 'sync'
  /** A refusal of a synchronising literal before it is sent, e.g. for its size. */
  readonly refuse: (textSoFar: string, size: number) => string | undefined
}

/** Cuts what a client sends into commands, asking for literals as the server's kind does. */
export async function* readCommands(socket: Socket, say: (line: string) => void, policy: LiteralPolicy): AsyncGenerator<Command> {
  const input = byteReader(socket)
  for (;;) {
    let text = ''
    const literals: Buffer[] = []
    let refused = false
    for (;;) {
      const line = await input.line()
      if (line === undefined) return
      text += line
      const [, digits, plus] = /\{(\d+)(\+?)\}$/.exec(line) ?? []
      if (/^\S+ AUTHENTICATE \S+$/i.test(text)) {
        say('+ ')
        text += ' '
        continue
      }
      if (digits === undefined) break
      const size = Number(digits)
      const refusal = policy.refuse(text, size)
      if (plus === '') {
        if (refusal !== undefined) {
          say(`${tagOf(text)} ${refusal}`)
          refused = true
          break
        }
        say('+ go ahead')
      } else if (policy.literals === 'sync' || (policy.literals === '-' && size > 4096)) {
        say(`${tagOf(text)} BAD this server takes no such literal`)
        say('* BYE protocol error')
        socket.end()
        return
      }
      const literal = await input.bytes(size)
      if (literal === undefined) return
      literals.push(literal)
    }
    if (refused) continue
    yield toCommand(text, literals)
  }
}

const tagOf = (text: string): string => text.split(' ', 1)[0] ?? '*'

function toCommand(text: string, literals: Buffer[]): Command {
  const tag = tagOf(text)
  const rest = text.slice(tag.length + 1)
  const words = rest.split(' ', 2)
  const first = (words[0] ?? '').toUpperCase()
  const isUid = first === 'UID'
  const name = isUid ? `UID ${(words[1] ?? '').toUpperCase()}` : first
  return { tag, name, args: tokens(rest.slice(name.length), literals), text: rest }
}

function tokens(text: string, literals: Buffer[]): Token[] {
  const stack: Token[][] = [[]]
  const pattern = /\s+|\(|\)|"((?:[^"\\]|\\.)*)"|~?\{(\d+)\+?\}|((?:[^\s()"{[]|\[[^\]]*\])+)/gy
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const top = stack.at(-1)
    if (top === undefined) throw new Error('a parenthesis too many')
    const [whole, quoted, literal, atom] = match
    if (whole === '(') {
      const list: Token[] = []
      top.push(list)
      stack.push(list)
    } else if (whole === ')') stack.pop()
    else if (quoted !== undefined) top.push(quoted.replace(/\\(.)/g, '$1'))
    else if (literal !== undefined) top.push(literals.shift() ?? Buffer.alloc(0))
    else if (atom !== undefined) top.push(atom)
  }
  return stack[0] ?? []
}

/** Text of an argument that may be an atom, a quoted string or a literal. */
export const asText = (token: Token | undefined): string =>
  typeof token === 'string' ? token : Buffer.isBuffer(token) ? token.toString('latin1') : ''

export const asList = (token: Token | undefined): readonly Token[] => (Array.isArray(token) ? token : [])

interface ByteReader {
  /** Without its line end; undefined when the client went. */
  line(): Promise<string | undefined>
  bytes(count: number): Promise<Buffer | undefined>
}

function byteReader(socket: Socket): ByteReader {
  const chunks = socket[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const more = async (): Promise<Buffer | undefined> => {
    const { value, done } = await chunks.next().catch(() => ({ value: undefined, done: true }))
    return done === true ? undefined : value
  }
  return {
    async line() {
      for (;;) {
        const end = held.indexOf(10)
        if (end >= 0) {
          const line = held.subarray(0, end).toString('latin1').replace(/\r$/, '')
          held = held.subarray(end + 1)
          return line
        }
        const chunk = await more()
        if (chunk === undefined) return undefined
        held = Buffer.concat([held, chunk])
      }
    },
    async bytes(count) {
      const parts = [held]
      let length = held.length
      while (length < count) {
        const chunk = await more()
        if (chunk === undefined) return undefined
        parts.push(chunk)
        length += chunk.length
      }
      held = Buffer.concat(parts)
      const bytes = Buffer.from(held.subarray(0, count))
      held = held.subarray(count)
      return bytes
    },
  }
}
