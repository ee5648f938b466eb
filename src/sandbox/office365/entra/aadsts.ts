import { randomUUID } from 'node:crypto'
import { type Answer, jsonAnswer } from '../../http/answer.ts'

/** OAuth's words for an error (RFC 6749, 5.2; RFC 8628, 3.5), and Entra's own. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'invalid_resource'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'interaction_required'
  | 'access_denied'
  | 'authorization_pending'
  | 'authorization_declined'
  | 'expired_token'
  | 'bad_verification_code'

/** What Entra refuses with: `AADSTS` and a number, the text that people search the web for. */
export class AadstsError extends Error {
  readonly code: number
  readonly error: OAuthError

  constructor(code: number, error: OAuthError, text: string) {
    super(`AADSTS${code}: ${text}`)
    this.name = 'AadstsError'
    this.code = code
    this.error = error
  }
}

export function aadstsAnswer({ code, error, message }: AadstsError, now: number, correlationId = randomUUID() as string): Answer {
  const traceId = randomUUID()
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  return jsonAnswer(
    {
      error,
      error_description: `${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
    error === 'invalid_client' ? 401 : 400,
  )
}
