import { keys, type PropertyKey, type PropertyType, propertySets } from '../properties.ts'

/** An element that is the view of one property. */
export interface Backed {
  readonly key: PropertyKey
  readonly type: PropertyType
  /** The element's words for the property's integers, from 0. */
  readonly choices: readonly string[] | undefined
}

const tagged = (key: PropertyKey, type: PropertyType = 'String', choices?: readonly string[]): Backed => ({ key, type, choices })

const named =
  (set: keyof typeof propertySets) =>
  (id: string, type: PropertyType, choices?: readonly string[]): Backed => ({ key: `${propertySets[set]}/${id}`, type, choices })

const appointment = named('Appointment')
const task = named('Task')
const common = named('Common')

/** By element name; tags and ids from MS-OXPROPS. */
export const backed: ReadonlyMap<string, Backed> = new Map([
  ['Subject', tagged(keys.subject)],
  ['Sensitivity', tagged(keys.sensitivity, 'Integer', ['Normal', 'Personal', 'Private', 'Confidential'])],
  ['Importance', tagged(keys.importance, 'Integer', ['Low', 'Normal', 'High'])],
  ['InReplyTo', tagged(keys.inReplyTo)],
  ['References', tagged(keys.references)],
  ['InternetMessageId', tagged(keys.internetMessageId)],
  ['ConversationTopic', tagged(keys.conversationTopic)],
  ['ConversationIndex', tagged(keys.conversationIndex, 'Binary')],
  ['IsReadReceiptRequested', tagged(keys.readReceiptRequested, 'Boolean')],
  ['IsDeliveryReceiptRequested', tagged(keys.deliveryReceiptRequested, 'Boolean')],
  ['DateTimeReceived', tagged(keys.deliveryTime, 'SystemTime')],
  ['DateTimeSent', tagged(keys.clientSubmitTime, 'SystemTime')],
  ['DisplayTo', tagged(keys.displayTo)],
  ['DisplayCc', tagged(keys.displayCc)],
  ['DisplayBcc', tagged(keys.displayBcc)],
  ['SearchKey', tagged(keys.searchKey, 'Binary')],
  ['ReminderIsSet', common('0x8503', 'Boolean')],
  ['ReminderDueBy', common('0x8502', 'SystemTime')],
  ['ReminderMinutesBeforeStart', common('0x8501', 'Integer')],
  ['Start', appointment('0x820d', 'SystemTime')],
  ['End', appointment('0x820e', 'SystemTime')],
  ['Location', appointment('0x8208', 'String')],
  ['IsAllDayEvent', appointment('0x8215', 'Boolean')],
  ['LegacyFreeBusyStatus', appointment('0x8205', 'Integer', ['Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere'])],
  ['DueDate', task('0x8105', 'SystemTime')],
  ['StartDate', task('0x8104', 'SystemTime')],
  ['CompleteDate', task('0x810f', 'SystemTime')],
  ['PercentComplete', task('0x8102', 'Double')],
  ['Status', task('0x8101', 'Integer', ['NotStarted', 'InProgress', 'Completed', 'WaitingOnOthers', 'Deferred'])],
  ['IsComplete', task('0x811c', 'Boolean')],
  ['DisplayName', tagged(keys.displayName)],
  ['GivenName', tagged('0x3a06')],
  ['Surname', tagged('0x3a11')],
  ['MiddleName', tagged('0x3a44')],
  ['Nickname', tagged('0x3a4f')],
  ['CompanyName', tagged('0x3a16')],
  ['JobTitle', tagged('0x3a17')],
  ['Department', tagged('0x3a18')],
  ['OfficeLocation', tagged('0x3a19')],
  ['Birthday', tagged('0x3a42', 'SystemTime')],
  ['WeddingAnniversary', tagged('0x3a41', 'SystemTime')],
  ['FileAs', named('Address')('0x8005', 'String')],
])
