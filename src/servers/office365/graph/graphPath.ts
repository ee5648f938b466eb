import { MailferryError } from '../../../domain/errors.ts'

const version = '/v1.0'

/**
 * The path below /v1.0 of a link that Graph gave, which is opaque and goes back as it came. A link to another host would get our token: throws
 * `server.protocol`, without the link, for it may hold what nobody should read.
 */
export function graphPath(graph: string, pathOrLink: string): string {
  if (pathOrLink.startsWith('/') && !pathOrLink.startsWith('//')) return pathOrLink
  const base = `${graph}${version}/`
  const link = URL.parse(pathOrLink)
  if (link !== null && link.username === '' && link.origin === new URL(graph).origin && link.href.startsWith(base)) {
    return link.href.slice(base.length - 1)
  }
  const { host } = new URL(graph)
  throw new MailferryError('server.protocol', { host, detail: `it sends requests on to ${link?.host ?? 'an address that is none'}` })
}

export const versioned = (path: string): string => `${version}${path}`
