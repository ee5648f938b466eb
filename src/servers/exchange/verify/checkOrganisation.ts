import { MailferryError } from '../../../domain/errors.ts'
import type { Check } from '../../mailServer.ts'
import type { UserSettings } from '../autodiscover/userSettings.ts'
import { fail, type Learned, ourError, type Reaching } from './verifying.ts'
import { whoSignsIn } from './whoSignsIn.ts'

/**
 * Checks `organisation`: the DeploymentId that the Autodiscover beside EWS tells, of the admin's mailbox, or of the one that is tried where the admin has none.
 * It is the same for all mailboxes of a forest.
 */
export async function* checkOrganisation(
  reaching: Reaching,
  discovered: UserSettings | undefined,
): AsyncGenerator<Check, Pick<Learned, 'organisation' | 'adminAddress'> | undefined> {
  const { directory, mailbox, call, admin, url } = reaching
  const { host, hostname } = new URL(url)
  try {
    const who = await whoSignsIn(reaching, admin.user, undefined, call)
    const organisation =
      who?.deploymentId ??
      (mailbox === undefined ? undefined : (await directory.settings(mailbox, call.signal))?.deploymentId) ??
      discovered?.deploymentId
    if (organisation === undefined) {
      return yield* fail(
        'organisation',
        'no DeploymentId',
        new MailferryError('autodiscover.unknown', { address: mailbox ?? admin.user, host }),
      )
    }
    const address = who?.address
    yield {
      name: 'organisation',
      state: 'passed',
      detail: `DeploymentId ${organisation}${address === undefined ? '; the admin has no mailbox' : `; the admin is ${address}`}`,
    }
    return { organisation, ...(address !== undefined && { adminAddress: address }) }
  } catch (error) {
    return yield* fail('organisation', `Autodiscover at ${host}`, ourError(error, reaching, 'Autodiscover', hostname))
  }
}
