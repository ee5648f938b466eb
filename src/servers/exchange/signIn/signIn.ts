import { MailferryError } from '../../../domain/errors.ts'
import type { SignInGuard } from '../../signInGuard.ts'
import type { HttpConnection, HttpRequest, HttpResponse } from '../http/httpConnection.ts'
import { type Credentials, useOf } from './credentials.ts'
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
  const authorization = authorizationOf(credentials)
  return {
    user: credentials.user,
    async send(connection, request) {
      const { origin } = connection
      if (!origin.secure) throw new MailferryError('tls.plaintextRefused', { host: origin.host, port: origin.port })
      return guard.attempt(use, async () => {
        const response = await connection.request({ ...request, headers: { ...request.headers, authorization } })
        if (response.status !== 401) return response
        connection.close()
        throw refusal(credentials, origin.host, response)
      })
    },
  }
}

function authorizationOf(credentials: Credentials): string {
  if (credentials.method === 'bearer') return `Bearer ${credentials.token}`
  // RFC 7617 2.1: UTF-8, which Exchange takes since 2010; older ones meant the machine's code page.
  return `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`
}
