import { MailferryError } from '../../../domain/errors.ts'
import type { HttpResponse } from '../../http/httpConnection.ts'
import { scrub } from '../../scrub.ts'
import { type Credentials, secretsOf } from './credentials.ts'
import { schemesOf } from './schemes.ts'

const schemeOf = { basic: ['Basic'], ntlm: ['NTLM', 'Negotiate'], bearer: ['Bearer'] } as const

/**
 * What a 401 says. Exchange never tells whether the user or the password is wrong, the account locked, or the channel binding another one than
 * the server's: a proxy that ends TLS with its own certificate looks just like a wrong password.
 */
export function refusal(
  credentials: Credentials,
  host: string,
  response: Pick<HttpResponse, 'header'>,
  channelBinding = false,
): MailferryError {
  const { user, method } = credentials
  const offered = schemesOf(response.header('www-authenticate'))
  const wanted: readonly string[] = schemeOf[method]
  if (offered.length > 0 && !offered.some(scheme => wanted.some(name => name.toLowerCase() === scheme.toLowerCase()))) {
    return new MailferryError('signIn.methodMissing', { host, method, offered: offered.join(', ') })
  }
  // Exchange's own words on a token it doesn't take ("lifetime", "audience" …); nothing of the kind for passwords.
  const diagnostics = response.header('x-ms-diagnostics')
  const text = scrub(['HTTP 401', diagnostics].filter(Boolean).join(': '), secretsOf(credentials))
  const expired = method === 'bearer' && /invalid_lifetime|expired/i.test(diagnostics ?? response.header('www-authenticate') ?? '')
  if (expired) return new MailferryError('signIn.expired', { host, user, response: text })
  return new MailferryError('signIn.refused', { host, user, response: text, ...(channelBinding && { channelBinding }) })
}
