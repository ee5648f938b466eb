import { MailferryError } from '../../../domain/errors.ts'
import type { HttpResponse } from '../../http/httpConnection.ts'
import { graphPath, versioned } from './graphPath.ts'
import type { GraphRequest } from './graphTransport.ts'

/**
 * Where Graph says that something lies for good: a folder of an archive that was expanded into another store ("Handle archive mailbox redirects"). Nothing where an answer says
 * no such thing. Throws `server.refused`, without the address, where that is no place of the same Graph: our token stays with it.
 */
export function redirected(
  graph: string,
  { method, version }: Pick<GraphRequest, 'method' | 'version'>,
  answer: HttpResponse,
): string | undefined {
  if (answer.status !== 308) return undefined
  const path = answer.header('location') ?? ''
  try {
    return versioned(graphPath(graph, { path, ...(version && { version }) }), version)
  } catch (cause) {
    const response = `HTTP 308, on to ${URL.parse(path)?.host ?? 'an address that is none'}`
    throw new MailferryError('server.refused', { host: new URL(graph).host, command: method, response }, { cause })
  }
}
