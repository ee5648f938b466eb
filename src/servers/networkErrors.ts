import { MailferryError } from '../domain/errors.ts'
import { scrub } from './scrub.ts'

interface Endpoint {
  readonly host: string
  readonly port: number
}

/** What a socket says of a host that can't be reached, as one of ours; nothing where the code says something else. */
export function unreachable({ host, port }: Endpoint, code: string | undefined): MailferryError | undefined {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
    case 'EAI_NONAME':
      return new MailferryError('host.notFound', { host })
    case 'ECONNREFUSED':
      return new MailferryError('host.refused', { host, port })
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EPERM':
      return new MailferryError('host.unreachable', { host, port, cause: code })
    default:
      return undefined
  }
}

/** What was thrown while TCP and TLS were set up, as one of ours. */
export function connectError(endpoint: Endpoint, thrown: unknown): MailferryError {
  if (thrown instanceof MailferryError) return thrown
  const { host, port } = endpoint
  const { code, message } = detailsOf(thrown)
  const known = unreachable(endpoint, code)
  if (known) return known
  if (code === 'ETIMEDOUT') return new MailferryError('host.timeout', { host, port, ms: 30_000 })
  if (/wrong version number|packet length too long|http request/i.test(message)) {
    return new MailferryError('tls.handshake', { host, port, reason: 'no TLS is spoken on this port' })
  }
  if (/unsupported protocol|version too low|alert protocol version|no protocols available/i.test(message)) {
    return new MailferryError('tls.handshake', { host, port, reason: 'the server speaks nothing above TLS 1.1' })
  }
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return new MailferryError('server.dropped', { host, cause: 'it closed the connection during the handshake' })
  return new MailferryError('tls.handshake', { host, port, reason: scrub(message) })
}

/** Node throws an AggregateError without a message where each address of a host failed. */
export function detailsOf(thrown: unknown): { readonly code: string | undefined; readonly message: string } {
  if (!(thrown instanceof Error)) return { code: undefined, message: String(thrown) }
  const inner = thrown instanceof AggregateError ? thrown.errors.find(error => error instanceof Error) : undefined
  const { message } = inner instanceof Error ? inner : thrown
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
  return { code, message }
}
