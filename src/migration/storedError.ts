import type { MailferryError } from '../domain/errors.ts'
import type { StoredError } from '../domain/pair.ts'

/** An error as the ledger keeps it. The class ties the two fields together, which its type can't say. */
export const storedError = ({ code, params }: MailferryError): StoredError => ({ code, params }) as StoredError
