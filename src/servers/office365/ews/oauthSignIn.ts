import { MailferryError } from '../../../domain/errors.ts'
import type { SignIn } from '../../exchange/signIn/signIn.ts'
import { drain } from '../../http/drain.ts'
import { scrub } from '../../scrub.ts'
import type { Tokens } from '../entra/tokens.ts'
import { ewsBlockedSince } from './legacy.ts'

/**
 * Signs in to Exchange Online's EWS by OAuth ("Authenticate an EWS application by using OAuth"). A token that was refused is fetched anew once, where the request can be
 * sent again. Throws `ews.closed` where Exchange Online doesn't take a good one: it tells a tenant that it blocks from one without consent by nothing.
 */
export function oauthSignIn(tokens: Tokens, connection: string): SignIn {
  return {
    user: tokens.user,
    async send(http, request) {
      const { secure, host, port } = http.origin
      if (!secure) throw new MailferryError('tls.plaintextRefused', { host, port })
      const once = async (token: string) => http.request({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } })
      const token = await tokens.token(request.signal)
      let response = await once(token)
      const again = response.status === 401 && tokens.refused(token) && !(request.body && 'parts' in request.body)
      if (again) {
        await drain(response)
        response = await once(await tokens.token(request.signal))
      }
      if (response.status !== 401 && response.status !== 403) return response
      http.close()
      const said = [`HTTP ${response.status}`, response.header('x-ms-diagnostics')].filter(Boolean).join(': ')
      throw new MailferryError('ews.closed', { host, connection, since: ewsBlockedSince, response: scrub(said, tokens.secrets()) })
    },
  }
}
