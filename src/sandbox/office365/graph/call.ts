import type { Answer } from '../../http/answer.ts'
import type { Claims } from '../entra/tokens.ts'
import type { Office365Site } from '../site.ts'
import { badRequest, GraphError } from './graphError.ts'

/** A request to Graph as it came, alone or in a batch. */
export interface GraphRequest {
  readonly method: string
  readonly url: URL
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** One request to Graph, alone or within a batch. */
export interface GraphCall {
  readonly site: Office365Site
  readonly caller: Claims
  readonly version: 'v1.0' | 'beta'
  readonly method: string
  /** Of the path behind the version, decoded. */
  readonly segments: readonly string[]
  /** Values of the route's `{…}`, by name. */
  readonly values: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Answers another request, as if it had come by itself. */
  readonly run: (request: GraphRequest) => Answer
}

/** A value of the route. Every handler knows its own route's. */
export function routeValue({ values }: GraphCall, name: string): string {
  const value = values[name]
  if (value === undefined) throw new Error(`A route without {${name}}`)
  return value
}

const preference = ({ headers }: GraphCall, name: string): string | undefined =>
  (headers['prefer'] ?? '')
    .split(',')
    .map(one => one.trim())
    .find(one => one.toLowerCase().startsWith(`${name.toLowerCase()}=`))
    ?.slice(name.length + 1)
    .replace(/^"|"$/g, '')

/** `Prefer: IdType="ImmutableId"`. */
export const wantsImmutableIds = (call: GraphCall): boolean => preference(call, 'IdType')?.toLowerCase() === 'immutableid'

export const wantsTextBodies = (call: GraphCall): boolean => preference(call, 'outlook.body-content-type')?.toLowerCase() === 'text'

/** Items on a page: of `$top`, else of `Prefer: odata.maxpagesize`, within the resource's own limits. */
export function pageSize(call: GraphCall, usual: number, most: number): number {
  const top = call.query.get('$top')
  if (top === null) {
    const preferred = Number(preference(call, 'odata.maxpagesize') ?? usual)
    return Number.isInteger(preferred) && preferred > 0 ? Math.min(preferred, most) : usual
  }
  const number = Number(top)
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw badRequest(`The limit of '${most}' for Top query has been exceeded. The value from the incoming request is '${top}'.`)
  return number
}

/** The body as a JSON object. */
export function jsonBody({ body, headers }: GraphCall): Readonly<Record<string, unknown>> {
  const type = headers['content-type'] ?? ''
  if (!/^application\/json\b/i.test(type))
    throw new GraphError(415, 'BadRequest', 'Write requests (excluding DELETE) must contain the Content-Type header declaration.')
  return readObject(body)
}

export function readObject(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString())
    // An object's members are unknown until they are looked at.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Refused below.
  }
  throw badRequest('Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.')
}
