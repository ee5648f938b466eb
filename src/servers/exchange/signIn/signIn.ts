import { MailferryError } from '../../../domain/errors.ts'
import type { HttpConnection, HttpRequest, HttpResponse } from '../../http/httpConnection.ts'
import type { SignInGuard } from '../../signInGuard.ts'
import { type Credentials, useOf } from './credentials.ts'
import { ntlmSignIn } from './ntlmSignIn.ts'
import { refusal } from './refusal.ts'

/** Sends requests in somebody's name. */
export interface SignIn {
  /** The credentials' user. */
  readonly user: string
  /** The answer is never a 401: that throws `signIn.*`. Nothing is sent over plain HTTP. */
  send(connection: HttpConnection, request: HttpRequest): Promise<HttpResponse>
}

export function signInWith(credentials: Credentials, guard: SignInGuard): SignIn {
  const use = useOf(credentials)
  const send =
    credentials.method === 'ntlm'
      ? ntlmSignIn(credentials, run => guard.attempt(use, run))
      : headerSignIn(credentials, run => guard.request(use, run))
  return {
    user: credentials.user,
    async send(connection, request) {
      const { secure, host, port } = connection.origin
      if (!secure) throw new MailferryError('tls.plaintextRefused', { host, port })
      return send(connection, request)
    },
  }
}

/** A sign-in that is the same header with each request. */
function headerSignIn(credentials: Credentials, guarded: (run: () => Promise<HttpResponse>) => Promise<HttpResponse>): SignIn['send'] {
  const authorization = authorizationOf(credentials)
  return (connection, request) =>
    guarded(async () => {
      const response = await connection.request({ ...request, headers: { ...request.headers, authorization } })
      if (response.status !== 401) return response
      connection.close()
      throw refusal(credentials, connection.origin.host, response)
    })
}

function authorizationOf(credentials: Credentials): string {
  if (credentials.method === 'bearer') return `Bearer ${credentials.token}`
  // In UTF-8, as RFC 7617 2.1 has it; Exchange understands nothing else beyond ASCII.
  return `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`
}
