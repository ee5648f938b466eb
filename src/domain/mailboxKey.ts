import type { Mailbox } from './pair.ts'

const key = (text: string): string => text.trim().normalize('NFC').toLowerCase()

/**
 * A mailbox as it is compared within one connection: by its immutable id where there is one, else by its address or login.
 * Without regard to case, although RFC 5321 (section 2.4) would allow two mailboxes that differ only in it: taking one for two would write twice.
 */
export const mailboxKey = ({ id, address }: Mailbox): string => key(id ?? address)

/** Everything a mailbox may be called by, each as it is compared: its id, its address, and those it had before. */
export const mailboxNames = ({ id, address, formerly = [] }: Mailbox): readonly string[] => [
  ...new Set([...(id === undefined ? [] : [id]), address, ...formerly].map(key)),
]

/** Whether `named`, as a plan or a person says it, means this mailbox: by the id where both have one, else by the address it has or had. */
export const isCalled = (mailbox: Mailbox, named: Pick<Mailbox, 'address' | 'id'>): boolean => {
  if (mailbox.id !== undefined && named.id !== undefined) return key(mailbox.id) === key(named.id)
  return [mailbox.address, ...(mailbox.formerly ?? [])].some(address => key(address) === key(named.address))
}

/** The one of `all` that is meant: who has the id or the address today comes before who had it. */
export const findCalled = <Of>(
  all: readonly Of[],
  mailboxOf: (one: Of) => Mailbox,
  named: Pick<Mailbox, 'address' | 'id'>,
): Of | undefined => {
  const meant = all.filter(one => isCalled(mailboxOf(one), named))
  return meant.find(one => key(mailboxOf(one).address) === key(named.address)) ?? meant[0]
}
