import { forgetMime, writeField } from '../../../exchange/fields/writeField.ts'
import type { ItemContent } from '../../../exchange/item.ts'
import { flagsOf, keys, messageFlags, type Property, propertySets, setFlags } from '../../../exchange/properties.ts'
import { element, type XmlElement } from '../../../exchange/xml/tree.ts'
import { badRequest, GraphError } from '../graphError.ts'
import { writeExtendedProperties } from './extended.ts'
import { messageProperties } from './showMessage.ts'

type Json = Readonly<Record<string, unknown>>

/** Properties that only the server writes: what is given for them is ignored, without a word. */
const ignored = new Set([
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'changeKey',
  'receivedDateTime',
  'sentDateTime',
  'hasAttachments',
  'bodyPreview',
  'parentFolderId',
  'conversationId',
  'isDraft',
  'webLink',
  'uniqueBody',
])

/** What a message that isn't a draft doesn't let anybody change. */
const draftOnly = new Set([
  'subject',
  'body',
  'from',
  'sender',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
  'internetMessageId',
])

const navigations = ['attachments', 'extensions', 'singleValueExtendedProperties', 'multiValueExtendedProperties']

/** Writes a message's JSON into its content. `attachments` are the caller's to add; unknown properties are refused, as Graph does. */
export function writeMessage(content: ItemContent, body: Json, isNew: boolean): void {
  const isDraft = isNew || (flagsOf(content.properties) & messageFlags.unsent) !== 0
  for (const [name, value] of Object.entries(body)) {
    if (name.includes('@') || navigations.includes(name) || ignored.has(name)) continue
    if (!messageProperties.includes(name))
      throw new GraphError(
        400,
        'RequestBodyRead',
        `The property '${name}' does not exist on type 'microsoft.graph.message'. Make sure to only use property names that are defined by the type.`,
      )
    if (draftOnly.has(name)) {
      if (!isDraft) throw new GraphError(400, 'ErrorInvalidPropertySet', 'Set action is invalid for property.')
      if (!isNew) forgetMime(content)
    }
    write(content, name, value)
  }
  writeExtendedProperties(content, body, isNew)
}

function write(content: ItemContent, name: string, value: unknown): void {
  switch (name) {
    case 'subject':
    case 'internetMessageId':
      if (value !== null) writeField(content, element(`t:${capital(name)}`, text(name, value)))
      return
    case 'importance':
      writeField(content, element('t:Importance', capital(text(name, value))))
      return
    case 'isRead': {
      const flags = flagsOf(content.properties)
      setFlags(content.properties, flag(name, value) ? flags | messageFlags.read : flags & ~messageFlags.read)
      return
    }
    case 'isReadReceiptRequested':
    case 'isDeliveryReceiptRequested':
      writeField(content, element(`t:${capital(name)}`, String(flag(name, value))))
      return
    case 'categories': {
      if (!Array.isArray(value)) throw wrongType(name)
      const words = value.map(one => element('t:String', text(name, one)))
      writeField(content, element('t:Categories', words))
      return
    }
    case 'body': {
      const { contentType = 'text', content: words = '' } = object(name, value)
      const type = text(name, contentType).toLowerCase() === 'html' ? 'HTML' : 'Text'
      writeField(content, element('t:Body', text(name, words), { BodyType: type }))
      return
    }
    case 'flag':
      writeField(content, followUp(object(name, value)))
      tellTask(content, text('flagStatus', object(name, value)['flagStatus'] ?? 'notFlagged'))
      return
    case 'from':
    case 'sender':
      if (value !== null) writeField(content, element(`t:${capital(name)}`, [mailbox(value)]))
      return
    case 'toRecipients':
    case 'ccRecipients':
    case 'bccRecipients':
    case 'replyTo':
      if (!Array.isArray(value)) throw wrongType(name)
      writeField(content, element(`t:${capital(name)}`, value.map(mailbox)))
      return
    case 'internetMessageHeaders':
      writeHeaders(content, value)
      return
    default:
      // Kept by nobody here: `inferenceClassification`, `conversationIndex`.
      return
  }
}

const capital = (name: string): string => name[0]?.toUpperCase() + name.slice(1)

const wrongType = (name: string): GraphError =>
  new GraphError(400, 'UnableToDeserializePostBody', `were unable to deserialize: the value of '${name}' has another type.`)

function text(name: string, value: unknown): string {
  if (typeof value !== 'string') throw wrongType(name)
  return value
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw wrongType(name)
  return value
}

function object(name: string, value: unknown): Json {
  // An object's members are unknown until they are looked at.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  throw wrongType(name)
}

function mailbox(value: unknown): XmlElement {
  const { name, address } = object('emailAddress', object('recipient', value)['emailAddress'])
  const shown = typeof name === 'string' ? name : typeof address === 'string' ? address : ''
  const routed = typeof address === 'string' && address !== '' ? [element('t:EmailAddress', address), element('t:RoutingType', 'SMTP')] : []
  return element('t:Mailbox', [element('t:Name', shown), ...routed])
}

const statuses: Readonly<Record<string, string>> = { notFlagged: 'NotFlagged', flagged: 'Flagged', complete: 'Complete' }

/** A due date needs a start date beside it, as in EWS. */
function followUp(value: Json): XmlElement {
  const status = statuses[text('flagStatus', value['flagStatus'] ?? 'notFlagged')]
  if (status === undefined) throw badRequest('Invalid value of flagStatus.')
  const date = (name: string, tag: 'StartDate' | 'DueDate' | 'CompleteDate'): XmlElement[] => {
    const given = value[name]
    if (given === undefined || given === null) return []
    return [element(`t:${tag}`, text('dateTime', object(name, given)['dateTime']))]
  }
  return element('t:Flag', [
    element('t:FlagStatus', status),
    ...date('startDateTime', 'StartDate'),
    ...date('dueDateTime', 'DueDate'),
    ...date('completedDateTime', 'CompleteDate'),
  ])
}

/** What Exchange Online sets beside a flag's status, so that the message is among the tasks to do (MS-OXOFLAG 2.2). */
function tellTask({ properties }: ItemContent, status: string): void {
  const [icon, toDo, task] = ['0x1095', '0x0e2b', `${propertySets.Task}/`]
  const complete = status === 'complete'
  const told: readonly (readonly [string, Property | undefined])[] = [
    [icon, complete ? undefined : { type: 'Integer', value: '6' }],
    [toDo, { type: 'Integer', value: '8' }],
    [`${task}0x8101`, { type: 'Integer', value: complete ? '2' : '0' }],
    [`${task}0x8102`, { type: 'Double', value: complete ? '1' : '0' }],
    [`${task}0x811c`, { type: 'Boolean', value: String(complete) }],
  ]
  for (const [key, property] of told) {
    if (property === undefined || status === 'notFlagged') properties.delete(key)
    else properties.set(key, property)
  }
}

/** Five fields of one's own at most, whose names begin with `x-`; all others are transport's. */
function writeHeaders(content: ItemContent, value: unknown): void {
  if (!Array.isArray(value)) throw wrongType('internetMessageHeaders')
  if (value.length > 5)
    throw new GraphError(
      400,
      'InvalidInternetMessageHeaderCollection',
      "Maximum number of headers in one message should be less than or equal to '5'.",
    )
  const lines = value.map(one => {
    const { name, value: words } = object('internetMessageHeader', one)
    if (typeof name !== 'string' || !/^x-/i.test(name))
      throw new GraphError(
        400,
        'InvalidInternetMessageHeader',
        `The internet message header name '${String(name)}' should start with 'x-' or 'X-'.`,
      )
    return `${name}: ${text('value', words)}\r\n`
  })
  content.properties.set(keys.transportHeaders, { type: 'String', value: lines.join('') })
}
