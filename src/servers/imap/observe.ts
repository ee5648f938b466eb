import { isError } from '../../domain/errors.ts'
import type { Observed } from '../../domain/staleness.ts'
import { silence } from '../../domain/staleness.ts'
import type { MailServer } from '../mailServer.ts'

/** What the checks of the connection wizard say, as far as a check of the connection asks: an answer, and whether it let us in. */
export async function observe(verify: MailServer['verify'], signal: AbortSignal): Promise<Omit<Observed, 'at'>> {
  const checks = verify(signal)
  try {
    for (;;) {
      const { done, value } = await checks.next()
      if (done) return value === undefined ? {} : { signIn: 'accepted', found: value }
      const { error } = value
      if (error === undefined) continue
      if (isError(error, 'signIn.refused', 'signIn.expired', 'signIn.locked')) return { signIn: 'refused', user: error.params.user }
      return silence(error)
    }
  } finally {
    await checks.return(undefined)
  }
}
