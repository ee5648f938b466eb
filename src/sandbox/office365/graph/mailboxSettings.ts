import type { MailboxSettings } from '@microsoft/microsoft-graph-types'
import type { Answer } from '../../http/answer.ts'
import type { GraphCall } from './call.ts'
import { folderId } from './ids.ts'
import { entityAnswer, page } from './odata/page.ts'
import { openMailbox, permissions } from './permit.ts'

export function getMailboxSettings(call: GraphCall): Answer {
  const { mailbox, user } = openMailbox(call, permissions.readSettings)
  const { tenant } = call.site
  const archive = tenant.archiveFolders.get(mailbox.guid)
  const settings: MailboxSettings = {
    ...(archive && { archiveFolder: folderId(tenant, mailbox, archive) }),
    automaticRepliesSetting: { status: 'disabled', externalAudience: 'all', internalReplyMessage: '', externalReplyMessage: '' },
    dateFormat: 'dd.MM.yyyy',
    timeFormat: 'HH:mm',
    timeZone: 'W. Europe Standard Time',
    delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
    language: { locale: 'en-US', displayName: 'English (United States)' },
    userPurpose: user.purpose,
  }
  return entityAnswer(call, 'mailboxSettings', settings)
}

/** The inbox rules that the server carries out. */
export function listMessageRules(call: GraphCall): Answer {
  const { user } = openMailbox(call, permissions.readSettings)
  const entities = user.inboxRules
  return page(call, { context: 'messageRules', entities, offset: 0, size: Math.max(1, entities.length), show: rule => rule })
}
