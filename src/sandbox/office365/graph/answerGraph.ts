import { randomUUID } from 'node:crypto'
import { type Answer, jsonAnswer } from '../../http/answer.ts'
import { ownerOfStore } from '../archives.ts'
import type { Claims } from '../entra/tokens.ts'
import type { Office365Site } from '../site.ts'
import { userBy } from '../tenant.ts'
import type { GraphRequest } from './call.ts'
import { asGraphError, badRequest, GraphError, unknownSegment } from './graphError.ts'
import { operationOf } from './route.ts'
import { type Found, findRoute } from './routes.ts'

/** A request whose caller and resource are known. */
export interface Routed extends Found {
  readonly caller: Claims
  readonly version: 'v1.0' | 'beta'
  readonly segments: readonly string[]
  readonly operation: string
}

/** Finds out who asks, and for what. Throws what is refused before anything is done. */
export function routeRequest(site: Office365Site, { method, url, headers }: GraphRequest): Routed {
  site.watch?.(method, url.pathname + url.search)
  const caller = checkToken(site, headers['authorization'])
  const [version = '', ...path] = url.pathname.split('/').filter(Boolean).flatMap(decoded)
  if (version !== 'v1.0' && version !== 'beta') throw new GraphError(400, 'BadRequest', `Invalid version: ${version}`)
  const segments = ownSegments(caller, path)
  const found = findRoute(method, segments)
  if (found === 'otherMethod')
    throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.')
  if (!found) throw unknownSegment(segments.at(-1) ?? '')
  const option = [...url.searchParams.keys()].find(name => !isTaken(found.route.options, name))
  if (option !== undefined) throw badRequest(`The query option '${option}' is not supported by this request.`)
  return { ...found, caller, version, segments, operation: operationOf(found.route) }
}

/** What links of Graph's own carry besides is opaque. */
const isTaken = (options: readonly string[], name: string): boolean =>
  name === '$skiptoken' || name === '$deltatoken' || options.includes(name)

/** `users('anna')` is `users/anna`; an alternate key stays what it is, as an id of its own. */
function decoded(segment: string): string[] {
  const text = decodeURIComponent(segment)
  const [, collection] = /^(applications|servicePrincipals)\(appId='[^']*'\)$/i.exec(text) ?? []
  if (collection !== undefined) return [collection, text]
  const [, name, key] = /^(\w+)\('(.*)'\)$/.exec(text) ?? []
  return name !== undefined && key !== undefined ? [name, key.replaceAll("''", "'")] : [text.replace(/^(\w+)\(\)$/, '$1')]
}

/** `me` is who signed in. */
function ownSegments({ scp, oid }: Claims, segments: readonly string[]): readonly string[] {
  if (segments[0]?.toLowerCase() !== 'me') return segments
  if (scp === undefined) throw badRequest('/me request is only valid with delegated authentication flow.')
  return ['users', oid, ...segments.slice(1)]
}

const refusals = {
  malformed: 'CompactToken parsing failed with error code: 80049217',
  signature: 'Access token validation failure. Signature is invalid.',
  expired: 'Lifetime validation failed, the token is expired.',
  notYet: 'Lifetime validation failed, the token is not yet valid.',
  revoked:
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
}

function checkToken({ tenant }: Office365Site, authorization: string | undefined): Claims {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  if (token === undefined) throw invalidToken('Access token is empty.')
  const claims = tenant.tokens.check(token)
  if (typeof claims === 'string') throw invalidToken(refusals[claims])
  if (claims.aud !== 'https://graph.microsoft.com') throw invalidToken('Access token validation failure. Invalid audience.')
  return claims
}

const invalidToken = (message: string): GraphError =>
  new GraphError(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate': 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
  })

/** Carries out a request within the limits of its mailbox; `release` says when its answer was sent. */
export function carryOutGraph(site: Office365Site, request: GraphRequest, routed: Routed, release: (done: () => void) => void): Answer {
  const { method, url, headers, body } = request
  const now = site.tenant.organisation.now()
  try {
    const mailbox = mailboxOf(site, routed.segments)
    if (mailbox !== undefined) release(site.throttle.admit(routed.caller.appid, mailbox, method === 'GET' ? 0 : body.length).release)
    const { caller, version, segments, values } = routed
    const answer = routed.route.handle({
      site,
      caller,
      version,
      method,
      segments,
      values,
      query: url.searchParams,
      headers,
      body,
      now,
      run: inner => runInner(site, inner),
    })
    const applied = /idtype="immutableid"/i.test(headers['prefer'] ?? '') ? { 'preference-applied': 'IdType="ImmutableId"' } : {}
    return { ...answer, headers: { ...answer.headers, ...applied } }
  } catch (error) {
    const known = asGraphError(error)
    if (known) return errorAnswer(known, now, headers['client-request-id'])
    throw error
  }
}

/** A step of a batch: over when it is answered. */
function runInner(site: Office365Site, request: GraphRequest): Answer {
  try {
    return carryOutGraph(site, request, routeRequest(site, request), release => release())
  } catch (error) {
    const known = asGraphError(error)
    if (known) return errorAnswer(known, site.tenant.organisation.now(), request.headers['client-request-id'])
    throw error
  }
}

/** Whose mailbox a path leads into: what the limits of Outlook's services count by. */
function mailboxOf({ tenant }: Office365Site, [first, second, third, fourth]: readonly string[]): string | undefined {
  if (first?.toLowerCase() === 'users' && second !== undefined && third !== undefined && third.toLowerCase() !== 'settings')
    return userBy(tenant, second)?.person.objectGuid ?? second
  if (first?.toLowerCase() !== 'admin' || third?.toLowerCase() !== 'mailboxes') return undefined
  const guid = /^MBX:([^@]+)@/i.exec(fourth ?? '')?.[1]?.toLowerCase()
  return ownerOfStore(tenant, guid)?.person.objectGuid ?? fourth
}

/** Graph's body for an error. */
export function errorAnswer({ status, code, message, headers }: GraphError, now: number, clientRequestId = randomUUID() as string): Answer {
  const requestId = randomUUID()
  const innerError = { date: new Date(now).toISOString().slice(0, 19), 'request-id': requestId, 'client-request-id': clientRequestId }
  const answer = jsonAnswer({ error: { code, message, innerError } }, status)
  return { ...answer, headers: { ...answer.headers, 'request-id': requestId, 'client-request-id': clientRequestId, ...headers } }
}
