import type { ItemContent } from '../item.ts'
import type { Mailbox } from '../mailbox.ts'
import { addressesOf, composeMessage } from '../mime/composeMessage.ts'
import { ownerOf } from '../organisation.ts'
import { send } from '../store/send.ts'
import { EwsError } from './ewsError.ts'
import type { Session } from './session.ts'

/** Sends what is in an item, as its mailbox's owner. */
export function submit({ organisation }: Session, mailbox: Mailbox, content: ItemContent): void {
  const to = ['ToRecipients', 'CcRecipients', 'BccRecipients']
    .flatMap(name => addressesOf(content.elements.get(name)))
    .map(({ address }) => address)
    .filter(address => address !== '')
  if (to.length === 0) throw new EwsError('ErrorMissingRecipients')
  const owner = ownerOf(organisation, mailbox)
  const from = addressesOf(content.elements.get('From'))[0]?.address
  if (!owner || (from && !owner.proxyAddresses.some(proxy => proxy.toLowerCase() === `smtp:${from.toLowerCase()}`))) {
    throw new EwsError('ErrorSendAsDenied')
  }
  send(organisation, { from: owner.primarySmtpAddress, to, mime: content.mime ?? composeMessage(content), itemClass: content.itemClass })
}
