import { ImapFlow } from 'imapflow'
import type { ImapServer } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import { stopped } from '../stopped.ts'
import type { Trust } from '../tls/trust.ts'
import { classifyConnectError } from './connectErrors.ts'
import { type Credentials, loginOf, secretsOf } from './credentials.ts'
import { chooseMechanism } from './signInMethod.ts'
import { tlsTransport } from './tlsTransport.ts'

export interface SignInTarget {
  readonly server: ImapServer
  readonly trust: Trust
  /** Asked for when the server is known to be the right one, and once only. */
  readonly credentials: () => Promise<Credentials>
  /** What the server is told of us (RFC 2971). */
  readonly clientInfo?: ClientInfo
}

export interface ClientInfo {
  readonly name: string
  readonly version: string
}

export interface SignInOptions {
  readonly signal: AbortSignal
  /** COMPRESS=DEFLATE (RFC 4978) where the server has it. */
  readonly compress?: boolean
  /** Milliseconds. */
  readonly timeouts?: Timeouts
  /** Told of the TLS session before anything is sent over it. */
  readonly onTrusted?: (described: string) => void
}

/** `connect`: until TCP and TLS stand. `greeting`: until the server's first line. `silence`: without a byte while an answer is due. */
export interface Timeouts {
  readonly connect: number
  readonly greeting: number
  readonly silence: number
}

const defaultTimeouts: Timeouts = { connect: 30_000, greeting: 30_000, silence: 120_000 }

/**
 * Connects and signs in, once: a refusal is never followed by a second attempt of another kind. The client that is returned has its
 * capabilities, namespaces and enabled extensions, no mailbox selected, and sends nothing by itself.
 */
export async function signIn(
  target: SignInTarget,
  { signal, compress = false, timeouts = defaultTimeouts, onTrusted = () => {} }: SignInOptions,
): Promise<ImapFlow> {
  const { server } = target
  if (server.tls === 'none' && server.allowPlaintext !== true) {
    throw new MailferryError('tls.plaintextRefused', { host: server.host, port: server.port })
  }
  if (signal.aborted) throw stopped(signal, 'sign-in')
  const client = new Client(target, {
    host: server.host,
    port: server.port,
    secure: server.tls === 'implicit',
    doSTARTTLS: server.tls === 'starttls',
    transport: tlsTransport(server, target.trust, onTrusted),
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.silence,
    logger: false,
    disableAutoIdle: true,
    disableCompression: !compress,
    // In rev2 mode names, SEARCH and LSUB behave differently; everything it has is had one by one.
    disableIMAP4rev2: true,
    qresync: true,
    ...(target.clientInfo && { clientInfo: { ...target.clientInfo, vendor: 'Mailferry', 'support-url': '' } }),
  })
  // An error after the sign-in also rejects the command it struck; without a listener it would end the process.
  client.on('error', () => {})
  const close = () => client.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    await client.connect()
    return client
  } catch (error) {
    client.close()
    if (signal.aborted) throw stopped(signal, 'sign-in')
    throw classifyConnectError({ server, credentials: client.credentials, timeouts, greeted: client.greeting !== undefined }, error)
  } finally {
    signal.removeEventListener('abort', close)
  }
}

/** imapflow's client with a last look at the server before the credentials go out. */
class Client extends ImapFlow {
  credentials: Credentials | undefined
  readonly #target: SignInTarget

  constructor(target: SignInTarget, options: ConstructorParameters<typeof ImapFlow>[0]) {
    super(options)
    this.#target = target
  }

  /** Runs after the greeting and the first CAPABILITY, in every TLS mode, and before ID and the sign-in. */
  override async upgradeToSTARTTLS(): Promise<boolean> {
    const { server } = this.#target
    const { host, port } = server
    if (this.state !== this.states.NOT_AUTHENTICATED) {
      throw new MailferryError('host.notImap', { host, port, detail: 'it takes everybody as signed in (PREAUTH), nobody knows as whom' })
    }
    if (server.tls === 'starttls' && !this.capabilities.has('STARTTLS')) throw new MailferryError('tls.starttlsMissing', { host, port })
    const secure = await super.upgradeToSTARTTLS()
    const credentials = await this.#target.credentials()
    this.credentials = credentials
    const loginMethod = chooseMechanism(host, this.capabilities, credentials)
    // The one that is asked again after the sign-in is enough; this saves a round trip.
    this.capabilities.delete('ID')
    const [secret = ''] = secretsOf(credentials)
    this.options.auth = {
      user: loginOf(credentials),
      loginMethod,
      ...(credentials.method === 'token' ? { accessToken: secret } : { pass: secret }),
      ...(credentials.method === 'admin' && credentials.actAs.by === 'authzid' && { authzid: credentials.mailbox }),
    }
    return secure
  }
}
