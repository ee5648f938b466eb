import { isError, MailferryError } from '../domain/errors.ts'
import type { PairOutcome } from '../migration/context.ts'

/**
 * A server that let somebody in during this run and now has no name, no greeting or no handshake is being restarted, or moved behind its
 * name: it is waited for, where at first sight the same would be a wrong setting.
 */
export function awayForNow(outcome: PairOutcome, reached: boolean): PairOutcome {
  if (!reached || outcome.result !== 'failed') return outcome
  const { error } = outcome
  if (isError(error, 'host.notFound')) return dropped(error.params.host, 'its name has no address just now', error)
  if (isError(error, 'host.notImap')) return dropped(error.params.host, error.params.detail, error)
  if (isError(error, 'tls.handshake')) return dropped(error.params.host, error.params.reason, error)
  return outcome
}

const dropped = (host: string, cause: string, error: MailferryError): PairOutcome => ({
  result: 'failed',
  error: new MailferryError('server.dropped', { host, cause }, { cause: error }),
})
