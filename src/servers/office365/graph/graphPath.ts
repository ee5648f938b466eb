import { MailferryError } from '../../../domain/errors.ts'
import type { GraphRequest } from './graphTransport.ts'

type Versioned = Pick<GraphRequest, 'version'>

/**
 * The path below its version of a link that Graph gave, which is opaque and goes back as it came. A link to another host would get our token: throws
 * `server.protocol`, without the link, for it may hold what nobody should read.
 */
export function graphPath(graph: string, { path, version }: Pick<GraphRequest, 'path'> & Versioned): string {
  if (path.startsWith('/') && !path.startsWith('//')) return path
  const base = `${graph}${versioned('/', version)}`
  const link = URL.parse(path)
  if (link !== null && link.username === '' && link.origin === new URL(graph).origin && link.href.startsWith(base)) {
    return link.href.slice(base.length - 1)
  }
  const { host } = new URL(graph)
  throw new MailferryError('server.protocol', { host, detail: `it sends requests on to ${link?.host ?? 'an address that is none'}` })
}

export const versioned = (path: string, version: Versioned['version']): string => `/${version ?? 'v1.0'}${path}`
