import { MailferryError } from '../../../domain/errors.ts'
import type { GraphProblem, GraphResponse } from './graphTransport.ts'
import { throttled } from './throttled.ts'

/** What a request was about, for the words of its error. */
export interface GraphContext {
  readonly host: string
  readonly connection: string
  /** User name or client id. */
  readonly user: string
  readonly mailbox?: string
  /** What was asked for, as `GET /users/{id}`. */
  readonly operation: string
  /** Permissions, any one of which allows it. */
  readonly needs?: readonly string[]
}

/** `code: message`, for people. */
export const problemText = ({ code, message }: GraphProblem): string => (message === '' ? code : `${code}: ${message}`)

const noMailbox = [
  'MailboxNotEnabledForRESTAPI',
  'MailboxNotSupportedForRESTAPI',
  'MailboxNotHostedInExchangeOnline',
  'ErrorNonExistentMailbox',
]
const noUser = ['Request_ResourceNotFound', 'ErrorInvalidUser', 'ResourceNotFound']
const quota = ['ErrorQuotaExceeded', 'QuotaExceeded', 'quotaLimitReached']

/** User principal names have an @; the client ids of applications are GUIDs. */
const isPerson = (user: string): boolean => user.includes('@')

/**
 * An answer that Graph refused something with, as one of ours. What is about an item or a folder (`ErrorItemNotFound`, 409, 412, a lost sync state's 410)
 * is for the caller to know before; here it is `server.refused`.
 */
export function graphError({ status, header, error }: GraphResponse, context: GraphContext): MailferryError {
  const { host, user, connection, operation, mailbox = '', needs = [] } = context
  const problem = error ?? { code: `HTTP ${status}`, message: '' }
  const response = problemText(problem)
  const busy = throttled({ status, header, ...(error && { error }) })
  if (busy !== undefined) {
    const { retryAfterMs } = busy
    return new MailferryError('server.busy', { host, response, ...(retryAfterMs !== undefined && { retryAfterMs }) })
  }
  if (quota.includes(problem.code) || status === 507) return new MailferryError('mailbox.full', { mailbox, response })
  if (noMailbox.includes(problem.code)) return new MailferryError('mailbox.notOnline', { mailbox, response })
  if (status === 403) {
    const refused = { host, user, needs: [...needs], response }
    if (/\[RAOP\]|access ?policy|Access to OData is disabled/i.test(problem.message))
      return new MailferryError('permission.graph', { ...refused, reason: 'policy' })
    return isPerson(user) && mailbox !== '' && mailbox.toLowerCase() !== user.toLowerCase()
      ? new MailferryError('permission.graph', { ...refused, reason: 'fullAccess', mailbox })
      : new MailferryError('permission.graph', { ...refused, reason: 'consent' })
  }
  if (noUser.includes(problem.code) && mailbox !== '') return new MailferryError('mailbox.notFound', { mailbox, connection })
  // Locked: somebody else, such as a move of the mailbox, has it for a while.
  if (status === 423) return new MailferryError('server.busy', { host, response })
  if (status === 413) return new MailferryError('request.tooLarge', { host, size: 0 })
  // Whether it was carried out all the same, nobody knows.
  if (status >= 500) return new MailferryError('server.dropped', { host, cause: response })
  return new MailferryError('server.refused', { host, command: operation, response })
}
