import type { Mailbox } from '../domain/pair.ts'

/** A name as it is compared: without regard to case, and to how accents are composed. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()

/**
 * A mailbox as it is compared within one connection: by its immutable id where there is one, else by its address or login.
 * Without regard to case, although RFC 5321 (2.4) would allow two mailboxes that differ only in it: taking one for two would write twice.
 */
export const mailboxKey = ({ id, address }: Mailbox): string => (id ?? address).normalize('NFC').toLowerCase()
