import { errors } from 'undici'
import { MailferryError } from '../../domain/errors.ts'
import { detailsOf } from '../networkErrors.ts'
import { scrub } from '../scrub.ts'
import { stopped } from '../stopped.ts'
import type { Origin } from './origin.ts'

/** What broke a request or its answer off, as one of ours. */
export function exchangeError({ host }: Origin, signal: AbortSignal, thrown: unknown): MailferryError {
  if (thrown instanceof MailferryError) return thrown
  if (signal.aborted) return stopped(signal, 'request')
  const { code, message } = detailsOf(thrown)
  if (thrown instanceof errors.HTTPParserError || code?.startsWith('HPE_')) {
    return new MailferryError('server.protocol', { host, detail: 'what it answers is not HTTP' })
  }
  if (code?.startsWith('Z_')) return new MailferryError('server.protocol', { host, detail: 'its compressed answer is damaged' })
  return new MailferryError('server.dropped', { host, cause: scrub(message) })
}
