import { MailferryError } from '../../domain/errors.ts'
import { scrub } from '../scrub.ts'

/** Where a response came from, for the error to name it. */
export interface ResponseContext {
  readonly host: string
  /** The command that was answered, e.g. `SELECT`; `AUTHENTICATE` or `LOGIN` for a sign-in. `greeting` before any. */
  readonly command: string
  /** Who is signed in, or tries to. */
  readonly user?: string
  /** The admin acting for `mailbox`, where that is how the sign-in goes. */
  readonly admin?: string
  /** Address of the mailbox, for `mailbox.full`. */
  readonly mailbox?: string
  /** Path of the folder the command was about, joined by `/`. */
  readonly folder?: string
  /** Secrets to strike out of the server's text, should it repeat one. */
  readonly secrets?: readonly string[]
}

export type FailedStatus = 'NO' | 'BAD' | 'BYE'

/**
 * What a refusal means: by its response code (RFC 3501 7.1, RFC 5530), then by the words of servers that give none.
 * `code` is without brackets and arguments, e.g. `OVERQUOTA`.
 */
export function classifyResponse(context: ResponseContext, status: FailedStatus, code: string | undefined, text: string): MailferryError {
  const response = scrub(text, context.secrets)
  const known = byWords(context, response) ?? byCode(context, code?.toUpperCase(), response)
  if (known) return known
  // Some hang up on a wrong password instead of saying NO; taken for a lost connection it would be tried again and again.
  const hungUp = status === 'BYE' && !(isSignIn(context) && wrongPassword.test(response))
  if (hungUp) return new MailferryError('server.bye', { host: context.host, response })
  if (isSignIn(context)) return new MailferryError('signIn.refused', { host: context.host, user: context.user ?? '', response })
  if (context.folder !== undefined && status === 'NO') return new MailferryError('folder.refused', { folder: context.folder, response })
  return new MailferryError('server.refused', { host: context.host, command: context.command, response })
}

const wrongPassword =
  /(authentication|log-?[io]n|sign-?in|credentials?|password).*(fail|invalid|incorrect|wrong|denied|refused|rejected)|(fail|invalid|incorrect|wrong|bad).*(authentication|log-?[io]n|credentials?|password)/i

const isSignIn = ({ command }: ResponseContext): boolean => command === 'LOGIN' || command === 'AUTHENTICATE'

/** The codes of RFC 5530 and of RFC 9208 (`OVERQUOTA`), and Dovecot's use of them. */
function byCode(context: ResponseContext, code: string | undefined, response: string): MailferryError | undefined {
  const { host, user = '', folder = '' } = context
  switch (code) {
    case 'AUTHENTICATIONFAILED':
      return new MailferryError('signIn.refused', { host, user, response })
    case 'AUTHORIZATIONFAILED':
      return new MailferryError('permission.actAs', { host, admin: context.admin ?? user, mailbox: context.mailbox ?? user, response })
    case 'EXPIRED':
      return new MailferryError('signIn.expired', { host, user, response })
    case 'CONTACTADMIN':
      return isSignIn(context) ? new MailferryError('signIn.locked', { host, user, response }) : undefined
    case 'PRIVACYREQUIRED':
      return new MailferryError('signIn.methodMissing', { host, method: 'plain text without TLS', offered: response })
    case 'UNAVAILABLE':
    case 'INUSE':
      return new MailferryError('server.busy', { host, response })
    case 'LIMIT':
      return isSignIn(context) ? new MailferryError('server.tooManyConnections', { host, response }) : undefined
    case 'OVERQUOTA':
      return new MailferryError('mailbox.full', { mailbox: context.mailbox ?? user, response })
    case 'SERVERBUG':
      return new MailferryError('server.protocol', { host, detail: response })
    case 'NONEXISTENT':
    case 'TRYCREATE':
      return new MailferryError('folder.gone', { folder })
    default:
      return undefined
  }
}

/** Servers that say it in words: Exchange, Gmail, Dovecot, Courier, Cyrus, hMailServer. */
function byWords(context: ResponseContext, response: string): MailferryError | undefined {
  const { host, user = '' } = context
  // Exchange: "Request is throttled. Suggested Backoff Time: 92415 milliseconds"
  const backoff = /back-?off time[:=\s]+(\d+)/i.exec(response)?.[1]
  if (backoff !== undefined) return new MailferryError('server.busy', { host, response, retryAfterMs: Number(backoff) })
  if (
    /maximum number of connections|too many (simultaneous |concurrent |open )?(connections|logins|sessions)|connection limit/i.test(
      response,
    )
  ) {
    return new MailferryError('server.tooManyConnections', { host, response })
  }
  // Gmail answers like this for an hour or a day; its [OVERQUOTA] then is about bandwidth, not about the mailbox.
  if (
    /throttled|command or bandwidth limits|server (is )?(too )?busy|server unavailable|try again later|temporar(y|ily) (failure|unavailable|error)/i.test(
      response,
    )
  ) {
    return new MailferryError('server.busy', { host, response })
  }
  // Exchange took the password, but the mailbox can't be reached just now: a move between servers, a full connection budget.
  if (/authenticated but not connected/i.test(response)) return new MailferryError('server.busy', { host, response })
  if (/quota (has been )?exceeded|over ?quota|exceed(s|ed|ing)? .*quota|mailbox (is )?full/i.test(response)) {
    return new MailferryError('mailbox.full', { mailbox: context.mailbox ?? user, response })
  }
  if (!isSignIn(context)) return undefined
  if (/password (has |is )?expired|expired password|must change (your |the )?password/i.test(response)) {
    return new MailferryError('signIn.expired', { host, user, response })
  }
  if (
    /(account|user|mailbox) .*(locked|disabled|suspended|blocked)|too many (failed |invalid |bad )?(log-?in|auth\w*|password|sign-?in)? ?(attempts|failures)/i.test(
      response,
    )
  ) {
    return new MailferryError('signIn.locked', { host, user, response })
  }
  return undefined
}
