import type { Mailbox } from './pair.ts'

/**
 * A mailbox as it is compared within one connection: by its immutable id where there is one, else by its address or login.
 * Without regard to case, although RFC 5321 (section 2.4) would allow two mailboxes that differ only in it: taking one for two would write twice.
 */
export const mailboxKey = ({ id, address }: Mailbox): string => (id ?? address).trim().normalize('NFC').toLowerCase()
