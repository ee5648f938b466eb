import { AuthenticationFailure, type ImapFlowError } from 'imapflow'
import type { ImapServer } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import { unreachable } from '../networkErrors.ts'
import { scrub } from '../scrub.ts'
import { type Credentials, loginOf, secretsOf } from './credentials.ts'
import { classifyResponse, type FailedStatus, type ResponseContext } from './errors.ts'

export interface ConnectContext {
  readonly server: ImapServer
  /** Absent before they were asked for. */
  readonly credentials: Credentials | undefined
  readonly timeouts: { readonly connect: number; readonly greeting: number; readonly silence: number }
  /** Whether the server's greeting was understood. */
  readonly greeted: boolean
}

/** What imapflow or the socket threw while connecting and signing in, as one of ours. The cause is left out: it may hold what was sent. */
export function classifyConnectError(context: ConnectContext, thrown: unknown): MailferryError {
  if (thrown instanceof MailferryError) return thrown
  if (!(thrown instanceof Error)) return new MailferryError('internal', { detail: scrub(String(thrown)) })
  const error: ImapFlowError = thrown
  return answered(context, error) ?? tls(context, error) ?? network(context, error) ?? other(context, error)
}

/** What imapflow threw at a command after the sign-in. `client` may know the text of a BYE that ended the connection. */
export function classifyCommandError(
  context: ResponseContext,
  thrown: unknown,
  client?: { readonly byeReason: string | undefined },
): MailferryError {
  if (thrown instanceof MailferryError) return thrown
  if (!(thrown instanceof Error)) return new MailferryError('internal', { detail: scrub(String(thrown)) })
  const error: ImapFlowError = thrown
  const { host } = context
  if (error.code === 'ETHROTTLE') return throttled(host, error)
  const bye = error.reason ?? client?.byeReason
  if (isClosed(error.code) && bye !== undefined) return classifyResponse(context, 'BYE', undefined, bye)
  if (isFailed(error.responseStatus))
    return classifyResponse(context, error.responseStatus, error.serverResponseCode, error.responseText ?? error.message)
  if (isCut(error.code)) return new MailferryError('server.dropped', { host, cause: `the connection ended during ${context.command}` })
  return new MailferryError('server.protocol', { host, detail: scrub(error.message, context.secrets) })
}

const throttled = (host: string, { responseText = 'throttled', throttleReset }: ImapFlowError): MailferryError =>
  new MailferryError('server.busy', {
    host,
    response: scrub(responseText),
    ...(throttleReset !== undefined && { retryAfterMs: throttleReset }),
  })

const signInContext = ({ server, credentials }: ConnectContext): ResponseContext => ({
  host: server.host,
  command: 'AUTHENTICATE',
  ...(credentials && { user: loginOf(credentials), secrets: secretsOf(credentials) }),
  ...(credentials?.method === 'admin' && { admin: credentials.admin, mailbox: credentials.mailbox }),
})

/** The server said NO, BAD or BYE. */
function answered(context: ConnectContext, error: ImapFlowError): MailferryError | undefined {
  const where = signInContext(context)
  // OpenSSL's errors have a `reason` too; imapflow's is the text of a BYE.
  if (error.reason !== undefined && isClosed(error.code))
    return classifyResponse(context.greeted ? where : { ...where, command: 'greeting' }, 'BYE', undefined, error.reason)
  const text = error.responseText ?? (typeof error.response === 'string' ? error.response : undefined)
  if (error instanceof AuthenticationFailure || isFailed(error.responseStatus)) {
    const status = isFailed(error.responseStatus) ? error.responseStatus : 'NO'
    return classifyResponse(where, status, error.serverResponseCode, text ?? error.message)
  }
  return undefined
}

const isClosed = (code: string | undefined): boolean =>
  code === 'NoConnection' || code === 'EConnectionClosed' || code === 'ClosedAfterConnectText' || code === 'ClosedAfterConnectTLS'

const isFailed = (status: string | undefined): status is FailedStatus => status === 'NO' || status === 'BAD' || status === 'BYE'

const isCut = (code: string | undefined): boolean => isClosed(code) || code === 'ECONNRESET' || code === 'EPIPE'

function network({ server, timeouts, greeted }: ConnectContext, error: ImapFlowError): MailferryError | undefined {
  const { host, port } = server
  const known = unreachable(server, error.code)
  if (known) return known
  switch (error.code) {
    case 'CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return new MailferryError('host.timeout', { host, port, ms: timeouts.connect })
    case 'GREETING_TIMEOUT':
      return new MailferryError('host.notImap', {
        host,
        port,
        detail: `it accepts the connection and says nothing for ${timeouts.greeting / 1000} s${server.tls === 'implicit' ? '' : '; is this the port for implicit TLS?'}`,
      })
    case 'ETIMEOUT':
      return new MailferryError('server.stalled', { host, ms: timeouts.silence })
    case 'UPGRADE_TIMEOUT':
      return new MailferryError('tls.handshake', { host, port, reason: 'the server does not answer the TLS handshake' })
    default:
      if (!isCut(error.code)) return undefined
      return greeted
        ? new MailferryError('server.dropped', { host, cause: 'it closed the connection during the sign-in' })
        : new MailferryError('host.notImap', { host, port, detail: 'it ends the connection without a greeting' })
  }
}

function tls({ server }: ConnectContext, error: ImapFlowError): MailferryError | undefined {
  const { host, port } = server
  const handshake = (reason: string) => new MailferryError('tls.handshake', { host, port, reason })
  const code = error.code ?? ''
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || /wrong version number|packet length too long/i.test(error.message)) {
    return handshake(
      server.tls === 'implicit' ? 'no TLS is spoken on this port; is it the port for STARTTLS?' : 'the server does not answer with TLS',
    )
  }
  if (code === 'STARTTLS_INJECTION')
    return handshake('something was sent between STARTTLS and the handshake: somebody may be tampering with the connection')
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO') return handshake(scrub(error.message))
  if (error.tlsFailed) return handshake(scrub(error.message))
  return undefined
}

function other({ server, credentials }: ConnectContext, error: ImapFlowError): MailferryError {
  const { host } = server
  if (error.code !== 'ETHROTTLE')
    return new MailferryError('server.protocol', { host, detail: scrub(error.message, credentials && secretsOf(credentials)) })
  return throttled(host, error)
}
