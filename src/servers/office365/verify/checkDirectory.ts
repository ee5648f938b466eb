import { isError } from '../../../domain/errors.ts'
import type { Mailbox } from '../../../domain/pair.ts'
import type { Check } from '../../mailServer.ts'
import { acceptedDomains } from '../directory/acceptedDomains.ts'
import { listMailboxes } from '../directory/listMailboxes.ts'
import { blames, fail, ourError, type Verifying } from './verifying.ts'

export interface DirectoryFound {
  readonly domains: readonly string[] | undefined
  readonly someMailbox: Mailbox | undefined
}

/** Checks `listMailboxes` and `acceptedDomains`. */
export async function* checkDirectory({ asking }: Verifying): AsyncGenerator<Check, DirectoryFound | undefined> {
  const first = await firstPage(asking).catch(ourError)
  if (isError(first)) return yield* fail(blames(first, 'listMailboxes'), 'the users of the tenant', first)
  yield {
    name: 'listMailboxes',
    state: 'passed',
    detail:
      first.length === 0
        ? 'nobody has an address yet'
        : `${first.length}${first.length >= 900 ? ' and more' : ''} people, rooms and shared mailboxes`,
  }
  const domains = await acceptedDomains(asking).catch(ourError)
  if (!isError(domains)) yield { name: 'acceptedDomains', state: 'passed', detail: domains.join(', ') }
  else if (isError(domains, 'permission.graph'))
    yield { name: 'acceptedDomains', state: 'skipped', detail: 'not told without the permission Domain.Read.All' }
  else return yield* fail(blames(domains, 'acceptedDomains'), 'the domains of the tenant', domains)
  return { domains: isError(domains) ? undefined : domains, someMailbox: first[0] }
}

async function firstPage(asking: Verifying['asking']): Promise<readonly Mailbox[]> {
  for await (const page of listMailboxes(asking)) if (page.length > 0) return page
  return []
}
