import { MailferryError } from '../../../domain/errors.ts'

/** The server sent what isn't IMAP, or not at this place. `detail` names it without quoting mail. */
export const protocolError = (host: string, detail: string): MailferryError<'server.protocol'> =>
  new MailferryError('server.protocol', { host, detail })
