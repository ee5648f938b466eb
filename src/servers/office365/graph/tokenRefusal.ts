import { MailferryError } from '../../../domain/errors.ts'
import type { HttpResponse } from '../../http/httpConnection.ts'
import { skew } from '../entra/entraError.ts'
import type { Tokens } from '../entra/tokens.ts'
import { readAnswer } from './graphAnswer.ts'
import { problemText } from './graphError.ts'

/** What a 401 says of the token that it refuses; whoever fetched it anew before knows that it isn't its age. */
export async function tokenRefusal(host: string, tokens: Tokens, response: HttpResponse): Promise<MailferryError> {
  const { error, header } = await readAnswer(host, response, tokens.secrets())
  const text = error === undefined ? 'HTTP 401' : problemText(error)
  const { user } = tokens
  const now = Date.now()
  const off = skew(Date.parse(header('date') ?? '') || undefined, now)
  if (/not yet valid|lifetime|expired/i.test(text)) {
    if (off.aheadSeconds !== undefined && Math.abs(off.aheadSeconds) > 300)
      return new MailferryError('signIn.clock', { host, user, response: text, ...off })
    return new MailferryError('signIn.expired', { host, user, response: text })
  }
  return new MailferryError('signIn.refused', { host, user, response: text })
}
