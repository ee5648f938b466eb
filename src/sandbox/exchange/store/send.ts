import { mailboxOf, type Organisation, personByAddress, type SentMessage } from '../organisation.ts'
import { deliver } from './storeMessage.ts'

/** Sends mail: everything is noted in the outbox, and what is for somebody here is delivered. */
export function send(organisation: Organisation, message: Omit<SentMessage, 'at'>): void {
  const at = organisation.now()
  organisation.outbox.push({ ...message, at })
  for (const address of message.to) {
    const person = personByAddress(organisation, address)
    const mailbox = person && mailboxOf(organisation, person)
    if (mailbox) deliver(mailbox, message.mime, at)
  }
}
