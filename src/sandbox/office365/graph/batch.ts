import { type Answer, jsonAnswer } from '../../http/answer.ts'
import { type GraphCall, jsonBody } from './call.ts'
import { badRequest, GraphError } from './graphError.ts'

interface Step {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly dependsOn: readonly string[]
}

const most = 20

/**
 * Carries out up to 20 requests ("Combine multiple HTTP requests using JSON batching"). The answers come in an order of their own: clients go by the
 * ids. What depends on a step that failed is 424.
 */
export function batch(call: GraphCall): Answer {
  const { requests } = jsonBody(call)
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.')
  if (requests.length > most) throw badRequest(`Number of batch request steps exceeds the maximum value of ${most}.`)
  const steps = requests.map(readStep)
  if (new Set(steps.map(({ id }) => id)).size < steps.length) throw badRequest('Request Ids within a batch have to be unique.')
  const done = new Map<string, number>()
  const responses = steps.map(step => {
    for (const id of step.dependsOn) if (!done.has(id)) throw badRequest(`Invalid dependsOn reference: '${id}'.`)
    const failed = step.dependsOn.some(id => (done.get(id) ?? 0) >= 400)
    const answer = failed ? dependencyFailed() : runStep(call, step)
    done.set(step.id, answer.status)
    return { id: step.id, status: answer.status, headers: flat(answer.headers), ...bodyOf(answer) }
  })
  return jsonAnswer({ responses: responses.reverse() })
}

function readStep(given: unknown): Step {
  // An object's members are unknown until they are looked at.
  const { id, method, url, headers = {}, body, dependsOn = [] } = Object(given) as Readonly<Record<string, unknown>>
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string')
    throw badRequest('A batch request needs its id, method and url.')
  if (/^https:/i.test(url) || /\$batch/i.test(url))
    throw badRequest(`Invalid batch request URL '${url}': it has to be relative, and no batch itself.`)
  const named = Object.entries(Object(headers) as Record<string, unknown>).map(([name, value]) => [name.toLowerCase(), String(value)])
  const lower: Record<string, string> = Object.fromEntries(named)
  if (body !== undefined && lower['content-type'] === undefined)
    throw badRequest(`Request '${id}' has a body: the content-type header is required.`)
  const bytes = body === undefined ? Buffer.alloc(0) : typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body))
  return {
    id,
    method: method.toUpperCase(),
    url,
    headers: lower,
    body: bytes,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
  }
}

function runStep(call: GraphCall, { method, url, headers, body }: Step): Answer {
  const { site, version } = call
  const target = new URL(`${site.graphBase}/${version}/${url.replace(/^\/+/, '')}`)
  const authorization = call.headers['authorization'] ?? ''
  return call.run({ method, url: target, headers: { ...headers, authorization }, body })
}

const dependencyFailed = (): Answer => {
  const { status, code, message } = new GraphError(
    424,
    'FailedDependency',
    'The request was not executed because a request it depends on failed.',
  )
  return jsonAnswer({ error: { code, message } }, status)
}

const flat = (headers: Answer['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

/** JSON as it is; everything else in base64. */
function bodyOf({ headers, body }: Answer): { readonly body?: unknown } {
  if (body.length === 0) return {}
  return { body: /json/.test(String(headers['content-type'])) ? JSON.parse(body.toString()) : body.toString('base64') }
}
