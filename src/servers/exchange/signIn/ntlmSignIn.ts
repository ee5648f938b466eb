import { MailferryError } from '../../../domain/errors.ts'
import { drain } from '../../http/drain.ts'
import type { HttpConnection, HttpRequest, HttpResponse } from '../../http/httpConnection.ts'
import { authenticateMessage } from '../ntlm/authenticateMessage.ts'
import { parseChallenge } from '../ntlm/challengeMessage.ts'
import { channelBindings } from '../ntlm/channelBinding.ts'
import { negotiateMessage } from '../ntlm/negotiateMessage.ts'
import type { Credentials } from './credentials.ts'
import { refusal } from './refusal.ts'
import { challengeOf, schemesOf } from './schemes.ts'

type PasswordCredentials = Extract<Credentials, { password: string }>
type Scheme = 'NTLM' | 'Negotiate'

/**
 * Signs a connection in with its first request (MS-NTHT): NTLM is a matter of the connection, not of the request. The first message goes
 * without the request's body, so only what the server will look at is sent.
 */
export function ntlmSignIn(
  credentials: PasswordCredentials,
  guarded: (run: (stillAllowed: () => void) => Promise<HttpResponse>) => Promise<HttpResponse>,
): (connection: HttpConnection, request: HttpRequest) => Promise<HttpResponse> {
  const signedIn = new WeakSet<HttpConnection>()

  const signIn = (connection: HttpConnection, request: HttpRequest) =>
    guarded(stillAllowed => handshake(connection, request, 'NTLM', stillAllowed))

  const handshake = async (
    connection: HttpConnection,
    request: HttpRequest,
    scheme: Scheme,
    stillAllowed: () => void,
  ): Promise<HttpResponse> => {
    const { host } = connection.origin
    const negotiate = negotiateMessage()
    const { beforeSend: _, ...first } = withAuthorization(request, scheme, negotiate)
    const asked = await connection.request({ ...first, ...(request.body && { body: [] }) })
    if (asked.status !== 401) return notAsked(connection, asked)
    await drain(asked)
    const header = asked.header('www-authenticate')
    const token = challengeOf(header, scheme)
    if (token === undefined) {
      if (scheme === 'NTLM' && schemesOf(header).includes('Negotiate') && connection.usable)
        return handshake(connection, request, 'Negotiate', stillAllowed)
      throw refusal(credentials, host, asked)
    }
    const challenge = parseChallenge(Buffer.from(token, 'base64'))
    if (challenge === undefined) throw new MailferryError('server.protocol', { host, detail: 'its NTLM challenge is damaged' })
    if (!connection.usable) {
      throw new MailferryError('server.dropped', {
        host,
        cause: 'it closes the connection in mid-NTLM; a proxy that doesn’t keep connections breaks NTLM',
      })
    }
    const authenticate = authenticateMessage({
      ...credentials,
      negotiate,
      challenge,
      channelBindings: connection.certificate && channelBindings(connection.certificate),
      servicePrincipal: `HTTP/${host}`,
    })
    stillAllowed()
    const answer = await connection.request(withAuthorization(request, scheme, authenticate))
    if (answer.status === 401) throw refusal(credentials, host, answer, true)
    signedIn.add(connection)
    return answer
  }

  return async (connection, request) => {
    if (!signedIn.has(connection)) return signIn(connection, request)
    const answer = await connection.request(request)
    if (answer.status !== 401) return answer
    // Servers may want a new sign-in for each request (authPersistSingleRequest); what they didn't let in they didn't carry out.
    await drain(answer)
    signedIn.delete(connection)
    if (request.body && 'parts' in request.body) {
      throw new MailferryError('server.dropped', { host: connection.origin.host, cause: 'it wants a new sign-in for each request' })
    }
    return signIn(connection, request)
  }
}

const withAuthorization = (request: HttpRequest, scheme: Scheme, message: Buffer): HttpRequest => ({
  ...request,
  headers: { ...request.headers, authorization: `${scheme} ${message.toString('base64')}` },
})

/** A server that is busy or has no EWS says so before any sign-in; one that takes everybody in isn't one to be trusted with an answer. */
async function notAsked(connection: HttpConnection, answer: HttpResponse): Promise<HttpResponse> {
  if (answer.status !== 200 && answer.status !== 500) return answer
  connection.close()
  throw new MailferryError('server.protocol', { host: connection.origin.host, detail: `HTTP ${answer.status} before anybody signed in` })
}
