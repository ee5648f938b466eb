import type { RequestBody } from '../../http/outgoing.ts'
import type { GraphRequest } from './graphTransport.ts'

/** Body and headers as they go on the wire. */
export function requestBody(
  { json, content, headers: own }: Pick<GraphRequest, 'json' | 'content' | 'headers'>,
  preferred: Readonly<Record<string, string>>,
): { readonly headers: Readonly<Record<string, string>>; readonly body: RequestBody | undefined } {
  const headers = { ...own, ...preferred }
  if (content !== undefined) return { headers: { ...headers, 'content-type': content.type }, body: content.bytes }
  if (json === undefined) return { headers, body: undefined }
  return { headers: { ...headers, 'content-type': 'application/json' }, body: [Buffer.from(JSON.stringify(json))] }
}
