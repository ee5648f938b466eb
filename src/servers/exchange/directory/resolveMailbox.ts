import { sameAddress } from '../../../domain/addresses.ts'
import type { Mailbox } from '../../../domain/pair.ts'
import type { Resolution } from '../../mailServer.ts'

/** The two questions that a mailbox is found again by. */
export interface Questions {
  /** Mailboxes that a legacyExchangeDN or an address means. */
  readonly named: (text: string) => Promise<readonly Mailbox[]>
  /** The mailbox that has this address today. */
  readonly identity: (address: string) => Promise<Mailbox | undefined>
}

/**
 * Finds a mailbox whose address may have changed: by its legacyExchangeDN, which survives that, then by the address. Neither proves anything: X500 addresses
 * make a DN resolve to another mailbox, and an address is given to somebody else. So the mailbox GUID has to agree; where the server tells none
 * (Exchange 2010), the legacyExchangeDN of the one that is found.
 */
export async function resolveMailbox(wanted: Mailbox, { named, identity }: Questions): Promise<Resolution> {
  const seen: Mailbox[] = []
  for (const text of [wanted.legacyExchangeDN, wanted.address]) {
    if (text === undefined) continue
    const candidates = await named(text)
    // Hidden from address lists, a mailbox isn't found by name, but its address may still be right.
    const addresses = candidates.length === 0 && text === wanted.address ? [text] : candidates.map(({ address }) => address)
    const found: Mailbox[] = []
    for (const address of addresses) {
      const known = seen.find(mailbox => sameAddress(mailbox.address, address)) ?? (await identity(address))
      if (known !== undefined) found.push(known)
    }
    seen.push(...found)
    const [only, ...others] = distinct(found.filter(mailbox => agrees(wanted, mailbox)))
    if (only !== undefined && others.length === 0) return { found: 'one', mailbox: only }
    if (only !== undefined) return { found: 'many', addresses: [only, ...others].map(({ address }) => address) }
  }
  return { found: 'none' }
}

function agrees(wanted: Mailbox, found: Mailbox): boolean {
  if (wanted.id !== undefined && found.id !== undefined) return wanted.id.toLowerCase() === found.id.toLowerCase()
  if (wanted.legacyExchangeDN !== undefined && found.legacyExchangeDN !== undefined) {
    return wanted.legacyExchangeDN.toLowerCase() === found.legacyExchangeDN.toLowerCase()
  }
  return wanted.id === undefined && sameAddress(wanted.address, found.address)
}

const distinct = (mailboxes: readonly Mailbox[]): Mailbox[] => [
  ...new Map(mailboxes.map(mailbox => [mailbox.id ?? mailbox.address.toLowerCase(), mailbox])).values(),
]
