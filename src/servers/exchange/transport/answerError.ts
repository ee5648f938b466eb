import { MailferryError } from '../../../domain/errors.ts'
import type { HttpResponse } from '../../http/httpConnection.ts'
import type { Origin } from '../../http/origin.ts'
import { retryAfter } from '../../http/retryAfter.ts'

interface Asked {
  readonly user: string
  /** Bytes of the request. */
  readonly size: number
  /** Whether EWS answered at this address before. */
  readonly answered: boolean
}

/** Why an answer is none that EWS gives; nothing where it is SOAP. Of a redirect only the host is told: its path and query may carry what nobody should read. */
export function answerError({ host, port }: Origin, response: HttpResponse, asked: Asked): MailferryError | undefined {
  const { status } = response
  const protocol = (detail: string) => new MailferryError('server.protocol', { host, detail })
  if (status === 429 || status === 503) {
    const retryAfterMs = retryAfter(response.header('retry-after'))
    return new MailferryError('server.busy', { host, response: `HTTP ${status}`, ...(retryAfterMs !== undefined && { retryAfterMs }) })
  }
  if (status === 200 || status === 500) {
    const type = response.header('content-type') ?? ''
    return /\bx?html\b/i.test(type) ? protocol(`HTTP ${status} with a web page instead of SOAP`) : undefined
  }
  if (status >= 300 && status < 400) {
    const to = URL.parse(response.header('location') ?? '')?.hostname
    if (to !== undefined && to !== '' && to.toLowerCase() !== host.toLowerCase()) return new MailferryError('host.redirects', { host, to })
    return protocol(
      `HTTP ${status}: it sends EWS requests on to ${response.header('location') === undefined ? 'nowhere' : 'another page of its own'}`,
    )
  }
  if (status === 403) return new MailferryError('permission.ews', { host, user: asked.user, response: 'HTTP 403' })
  // IIS hides a body above its limit behind 404 (substatus 13).
  if (status === 413 || (status === 404 && asked.answered)) return new MailferryError('request.tooLarge', { host, size: asked.size })
  if (status === 404 || status === 405 || status === 410) {
    return new MailferryError('host.notExchange', { host, port, detail: `HTTP ${status} for the path of EWS` })
  }
  if (status === 502 || status === 504)
    return new MailferryError('server.dropped', { host, cause: `HTTP ${status} of a proxy in front of it` })
  return protocol(`HTTP ${status}`)
}
