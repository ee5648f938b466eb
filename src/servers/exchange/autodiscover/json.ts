/** What Autodiscover v2 answers; it is never given credentials. */
export type JsonAnswer =
  | { readonly kind: 'url'; readonly url: string }
  /** The server says that it has no such mailbox. */
  | { readonly kind: 'unknown' }
  /** A redirect; `to` may be another organisation's. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** No version 2 here: Exchange before 2016, or a web page. */
  | { readonly kind: 'none' }

export const jsonPath = (address: string): string => `/autodiscover/autodiscover.json/v1.0/${encodeURIComponent(address)}?Protocol=EWS`

export function parseJson(status: number, location: string | undefined, body: Buffer): JsonAnswer {
  if (status >= 300 && status < 400 && location !== undefined) return { kind: 'redirect', to: location }
  const answer = fieldsOf(body)
  if (status === 200 && typeof answer['Url'] === 'string' && URL.canParse(answer['Url'])) return { kind: 'url', url: answer['Url'] }
  return answer['ErrorCode'] === 'UserNotFound' ? { kind: 'unknown' } : { kind: 'none' }
}

function fieldsOf(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}
