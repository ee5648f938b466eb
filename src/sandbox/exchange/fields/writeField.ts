import { EwsError } from '../ews/ewsError.ts'
import type { ItemContent } from '../item.ts'
import { addressesOf, bodyTexts } from '../mime/composeMessage.ts'
import { flagsOf, keys, messageFlags, type Properties, setFlags, systemTime } from '../properties.ts'
import { childText, type XmlElement } from '../xml/tree.ts'
import { backed } from './backed.ts'
import { readOnly } from './readOnly.ts'

/** Sets one field of an item from its element. Throws `ErrorInvalidPropertySet` where only the server writes it. */
export function writeField(content: ItemContent, given: XmlElement): void {
  const { name } = given
  if (readOnly.has(name)) throw new EwsError('ErrorInvalidPropertySet')
  if (name === 'ItemClass') content.itemClass = given.text
  else if (name === 'IsRead') setFlag(content.properties, messageFlags.read, isTrue(given.text))
  else if (name === 'Categories')
    setKeywords(
      content.properties,
      given.children.map(({ text }) => text),
    )
  else if (name === 'Flag') setFollowUp(content.properties, given)
  else if (name === 'Body') setBody(content, given)
  else if (recipients.has(name)) setRecipients(content, given)
  else {
    const target = backed.get(name)
    if (!target) content.elements.set(name, given)
    else content.properties.set(target.key, { type: target.type, value: stored(target, given.text) })
  }
}

/** Empties a field. */
export function clearField(content: ItemContent, name: string): void {
  if (readOnly.has(name) || name === 'ItemClass' || name === 'MimeContent') throw new EwsError('ErrorInvalidPropertyDelete')
  if (name === 'IsRead') setFlag(content.properties, messageFlags.read, false)
  else if (name === 'Categories') content.properties.delete(keys.keywords)
  else if (name === 'Flag') for (const key of followUpKeys) content.properties.delete(key)
  else if (name === 'Body') for (const key of [keys.body, keys.html]) content.properties.delete(key)
  else content.properties.delete(backed.get(name)?.key ?? '')
  content.elements.delete(name)
}

/** What changes the message itself, so that its MIME is no longer what it was. */
export const changesMime: ReadonlySet<string> = new Set([
  'Subject',
  'Body',
  'Importance',
  'Sensitivity',
  'Sender',
  'From',
  'ToRecipients',
  'CcRecipients',
  'BccRecipients',
  'ReplyTo',
  'InReplyTo',
  'References',
  'InternetMessageId',
])

/** Gives up the bytes a message came as: from now on it is what its properties say. */
export function forgetMime(content: ItemContent): void {
  if (!content.mime) return
  const { text, html } = bodyTexts(content)
  if (text !== undefined) content.properties.set(keys.body, { type: 'String', value: text })
  if (html !== undefined) content.properties.set(keys.html, { type: 'Binary', value: Buffer.from(html).toString('base64') })
  content.mime = undefined
}

const isTrue = (text: string): boolean => text.trim() === 'true' || text.trim() === '1'

const recipients = new Set(['Sender', 'From', 'ToRecipients', 'CcRecipients', 'BccRecipients', 'ReplyTo'])

function stored({ type, choices }: { readonly type: string; readonly choices: readonly string[] | undefined }, text: string): string {
  if (choices) return String(Math.max(0, choices.indexOf(text)))
  if (type === 'Boolean') return String(isTrue(text))
  return type === 'SystemTime' ? utc(text) : text
}

/** A time without a zone is UTC here. */
const utc = (text: string): string => systemTime(Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text.trim()) ? text : `${text}Z`))

function setFlag(properties: Properties, bit: number, on: boolean): void {
  const flags = flagsOf(properties)
  setFlags(properties, on ? flags | bit : flags & ~bit)
}

function setKeywords(properties: Properties, keywords: readonly string[]): void {
  if (keywords.length === 0) properties.delete(keys.keywords)
  else properties.set(keys.keywords, { type: 'StringArray', value: keywords })
}

const followUpKeys = [keys.flagStatus, keys.taskStartDate, keys.taskDueDate, keys.flagCompleteTime, keys.taskDateCompleted]

/** MS-OXOFLAG 2.2.1: what a flag is made of. */
function setFollowUp(properties: Properties, flag: XmlElement): void {
  for (const key of followUpKeys) properties.delete(key)
  const status = childText(flag, 'FlagStatus')
  const start = childText(flag, 'StartDate')
  const due = childText(flag, 'DueDate')
  const completed = childText(flag, 'CompleteDate')
  if (status === 'NotFlagged') return
  if (status === 'Flagged' && (start === undefined) !== (due === undefined)) {
    throw new EwsError('ErrorInvalidArgument', 'A flag has both a start and a due date, or neither.')
  }
  properties.set(keys.flagStatus, { type: 'Integer', value: status === 'Complete' ? '1' : '2' })
  const time = (key: string, value: string | undefined): void => {
    if (value !== undefined) properties.set(key, { type: 'SystemTime', value: utc(value) })
  }
  time(keys.taskStartDate, start)
  time(keys.taskDueDate, due)
  time(keys.flagCompleteTime, completed)
  time(keys.taskDateCompleted, completed)
}

function setBody({ properties, elements }: ItemContent, body: XmlElement): void {
  elements.delete('Body')
  properties.delete(keys.body)
  properties.delete(keys.html)
  if (body.attributes['BodyType'] === 'HTML')
    properties.set(keys.html, { type: 'Binary', value: Buffer.from(body.text).toString('base64') })
  else properties.set(keys.body, { type: 'String', value: body.text })
}

const displayKeys: Readonly<Record<string, string>> = {
  ToRecipients: keys.displayTo,
  CcRecipients: keys.displayCc,
  BccRecipients: keys.displayBcc,
}

function setRecipients({ properties, elements }: ItemContent, given: XmlElement): void {
  elements.set(given.name, given)
  const addresses = addressesOf(given)
  const key = displayKeys[given.name]
  if (key) properties.set(key, { type: 'String', value: addresses.map(({ name, address }) => name || address).join('; ') })
  const [sender] = addresses
  if (!sender || (given.name !== 'From' && given.name !== 'Sender')) return
  properties.set(keys.senderName, { type: 'String', value: sender.name || sender.address })
  properties.set(keys.senderAddress, { type: 'String', value: sender.address })
}
