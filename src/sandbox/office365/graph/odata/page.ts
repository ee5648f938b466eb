import { type Answer, jsonAnswer } from '../../../http/answer.ts'
import type { GraphCall } from '../call.ts'
import { badRequest } from '../graphError.ts'
import { openToken, sealToken } from '../seal.ts'

interface Position {
  readonly path: string
  readonly offset: number
  readonly query: string
}

/** The call with the options that its first page was asked for with, and how many items were given out before. */
export function resumed(call: GraphCall): { readonly call: GraphCall; readonly offset: number } {
  const token = call.query.get('$skiptoken')
  if (token === null) {
    const skip = Number(call.query.get('$skip') ?? 0)
    if (!Number.isInteger(skip) || skip < 0) throw badRequest(`Invalid value '${call.query.get('$skip')}' for $skip query option found.`)
    return { call, offset: skip }
  }
  const position = openToken<Position>(call.site.tenant, token)
  if (position?.path !== pathOf(call)) throw badRequest('The provided skiptoken is invalid.')
  return { call: { ...call, query: new URLSearchParams(position.query) }, offset: position.offset }
}

const pathOf = ({ segments }: GraphCall): string => segments.join('/').toLowerCase()

/** The URL of the call's resource, with a query. */
export const linkTo = ({ site, version, segments }: GraphCall, query: string): string =>
  `${site.graphBase}/${version}/${segments.map(encodeURIComponent).join('/')}?${query}`

export interface Page<Entity> {
  /** E.g. `users`: for `@odata.context`. */
  readonly context: string
  readonly entities: readonly Entity[]
  readonly offset: number
  readonly size: number
  /** As the entities are shown; only those of this page are. */
  readonly show: (entity: Entity) => object
  /** `@odata.count`, where it was asked for. */
  readonly count?: number | undefined
}

/** One page of a collection, with a link to the next as long as there is more. */
export function page<Entity>(call: GraphCall, { context, entities, offset, size, show, count }: Page<Entity>): Answer {
  const next = offset + size
  const value = entities.slice(offset, next).map(show)
  const token = next < entities.length && sealToken(call.site.tenant, { path: pathOf(call), offset: next, query: call.query.toString() })
  return jsonAnswer({
    '@odata.context': contextOf(call, context),
    ...(count !== undefined && { '@odata.count': count }),
    ...(token && { '@odata.nextLink': linkTo(call, `$skiptoken=${token}`) }),
    value,
  })
}

export const contextOf = ({ site, version }: GraphCall, context: string): string => `${site.graphBase}/${version}/$metadata#${context}`

/** A number or another bare value. */
export const textAnswer = (text: string): Answer => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from(text) })

/** One entity's answer. */
export const entityAnswer = (call: GraphCall, context: string, entity: object, status = 200): Answer =>
  jsonAnswer({ '@odata.context': contextOf(call, context), ...entity }, status)
