import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { ImapFlow } from 'imapflow'
import type { Connection, ImapServer, ImapSettings, ImapSignIn } from '../../../src/domain/connection.ts'
import { isError, type MailferryError } from '../../../src/domain/errors.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import { signIn, type Timeouts } from '../../../src/servers/imap/connect.ts'
import type { Credentials } from '../../../src/servers/imap/credentials.ts'
import type { Secret, SecretSource } from '../../../src/servers/secretSource.ts'
import { trustOf } from '../../../src/servers/tls/trust.ts'

export const never = new AbortController().signal

const patience: Timeouts = { connect: 2000, greeting: 2000, silence: 2000 }

export const password = (user: string, secret: string): Credentials => ({ method: 'password', user, password: secret })

/** Signs in with little patience. */
export const enter = (server: ImapServer, credentials: Credentials, timeouts: Timeouts = patience, signal = never): Promise<ImapFlow> =>
  signIn({ server, trust: trustOf(server), credentials: async () => credentials }, { signal, timeouts })

/** The error that signing in ends with, as code and parameters. */
export const refusal = async (...args: Parameters<typeof enter>): Promise<Pick<MailferryError, 'code' | 'params'>> =>
  problemOf(enter(...args).then(client => client.close()))

export async function problemOf(failing: Promise<unknown>): Promise<Pick<MailferryError, 'code' | 'params'>> {
  try {
    await failing
  } catch (error) {
    if (isError(error)) return { code: error.code, params: error.params }
    throw error
  }
  throw new Error('nothing was refused')
}

export const connectionTo = (
  server: ImapServer,
  signInHow: ImapSignIn,
  role: 'source' | 'target' = 'source',
): Connection<ImapSettings> => ({
  id: asConnectionId('0'),
  name: 'Old server',
  role,
  settings: { kind: 'imap', server, signIn: signInHow },
  verification: { state: 'unverified' },
})

export const secretsOfAll = (secret: Secret, mailboxes?: readonly string[]): SecretSource => ({
  secretFor: async () => secret,
  ...(mailboxes && { mailboxes: async () => mailboxes }),
})

export interface Listener extends AsyncDisposable {
  readonly server: ImapServer
  /** Everything that was received, over all connections. */
  received(): string
}

/** A server on loopback that does with a connection what it is told, for what no IMAP server does. */
export async function listen(serve: (socket: Socket) => void, tls: ImapServer['tls'] = 'none'): Promise<Listener> {
  let received = ''
  const sockets = new Set<Socket>()
  const listener: Server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', data => {
      received += data.toString('latin1')
    })
    serve(socket)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return {
    server: { host: '127.0.0.1', port: address.port, tls, ...(tls === 'none' && { allowPlaintext: true }) },
    received: () => received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => listener.close(resolve))
    },
  }
}

/** Answers IMAP commands line by line with what `answer` gives for them, the tag put in for `%`. */
export const imapLines =
  (greeting: string, answer: (command: string) => string) =>
  (socket: Socket): void => {
    socket.write(`${greeting}\r\n`)
    socket.on('data', data => {
      for (const line of data.toString('latin1').split('\r\n').filter(Boolean)) {
        const [, tag = '', command = line] = /^(\w+) (.*)$/.exec(line) ?? []
        socket.write(answer(command).replaceAll('%', tag))
      }
    })
  }
