import { domainOf, sameAddress } from '../../../domain/addresses.ts'
import type { Recorded } from '../../../domain/connection.ts'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { Directory } from './directory.ts'

export interface Looking {
  readonly directory: Directory
  /** Address of the mailbox. */
  readonly mailbox: string
  /** The connection's name. */
  readonly connection: string
  /** Where EWS is that was asked. */
  readonly url: string
  readonly recorded: Recorded | undefined
  readonly signal: AbortSignal
}

/**
 * Of a mailbox that EWS no longer has: `mailbox.elsewhere` with its server where the Autodiscover beside EWS knows where it lives now. It alone is asked; what it names is shown no
 * secret, for a person hasn't consented to that host. Every other error, and one about another mailbox, is answered as it is.
 */
export async function whereItLives(error: MailferryError, looking: Looking): Promise<MailferryError> {
  const { directory, mailbox, connection, signal } = looking
  const left = isError(error, 'mailbox.notFound') || (isError(error, 'mailbox.elsewhere') && error.params.to === undefined)
  if (!left || error.params.connection !== connection || !sameAddress(error.params.mailbox, mailbox)) return error
  try {
    const to = await leadOf(await directory.ask(mailbox, signal), looking)
    return to ? new MailferryError('mailbox.elsewhere', { mailbox, connection, ...to }, { cause: error }) : error
  } catch (thrown) {
    if (thrown instanceof MailferryError) return error
    throw thrown
  }
}

function leadOf(
  answer: Awaited<ReturnType<Directory['ask']>>,
  { url, recorded }: Looking,
): { readonly to: string; readonly sameOrganisation: boolean } | undefined {
  const own = new URL(url).host
  switch (answer.kind) {
    case 'redirectAddress':
      return { to: domainOf(answer.address) ?? answer.address, sameOrganisation: false }
    case 'redirectUrl': {
      const host = URL.parse(answer.url)?.host
      return host === undefined || host === own ? undefined : { to: host, sameOrganisation: false }
    }
    case 'settings': {
      const { ewsUrl = '', deploymentId } = answer.settings
      const host = URL.parse(ewsUrl)?.host
      if (host === undefined || host === own) return undefined
      return { to: host, sameOrganisation: deploymentId !== undefined && deploymentId === recorded?.organisation }
    }
    default:
      return undefined
  }
}
