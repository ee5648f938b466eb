import type { ItemDetails } from '../../../domain/mail.ts'
import type { Piece } from '../../base64Body.ts'
import type { Folder, OutgoingItem } from '../../mailServer.ts'
import { flagStatus, type ItemFlags, itemFlags, messageFlag, verb } from '../../mapi/flags.ts'
import { type ExtendedProperty, fieldUri, properties } from '../soap/properties.ts'
import { element, textElement } from '../soap/xml.ts'
import { folderId, itemId } from './operations.ts'

/** An `xs:dateTime` in UTC. */
const dateTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

export interface Value {
  readonly property: ExtendedProperty
  readonly value: string | number | boolean
}

export const extendedProperty = ({ property, value }: Value): string =>
  element('t:ExtendedProperty', {}, fieldUri(property), textElement('t:Value', value))

/** Outlook's icons of a message that was replied to or forwarded [MS-OXOMSG 2.2.1.11]. */
const icon = { replied: 0x105, forwarded: 0x106 } as const

export const lastVerbValues = (lastVerb: number | undefined): readonly Value[] =>
  lastVerb === undefined
    ? []
    : [
        { property: properties.lastVerbExecuted, value: lastVerb },
        { property: properties.iconIndex, value: lastVerb === verb.forward ? icon.forwarded : icon.replied },
      ]

/** A follow-up flag and its dates [MS-OXOFLAG]; Outlook wants to be told of the task that it is in as many properties. */
export function followUpValues(state: ItemFlags['followUp'], followUp: ItemDetails['followUp']): readonly Value[] {
  if (state === 'none') return []
  const { start, due, completed } = followUp ?? {}
  const time = (property: ExtendedProperty, ms: number | undefined): readonly Value[] =>
    ms === undefined ? [] : [{ property, value: dateTime(ms) }]
  const complete = state === 'complete'
  return [
    { property: properties.flagStatus, value: complete ? flagStatus.complete : flagStatus.flagged },
    ...(complete ? time(properties.flagCompleteTime, completed) : [{ property: properties.followupIcon, value: 6 }]),
    { property: properties.toDoItemFlags, value: 8 },
    { property: properties.taskStatus, value: complete ? 2 : 0 },
    { property: properties.percentComplete, value: complete ? 1 : 0 },
    { property: properties.taskComplete, value: complete },
    ...time(properties.taskStartDate, start),
    ...time(properties.taskDueDate, due),
    ...(complete ? time(properties.taskDateCompleted, completed) : []),
    ...time(properties.commonStart, start),
    ...time(properties.commonEnd, due),
  ]
}

/** What can only be given to an item as it is created, and what else its bytes don't say. */
function valuesOf({ info, details, marker }: OutgoingItem, flags: ItemFlags): readonly Value[] {
  const sent = details?.sent
  return [
    // Without it every item made from MIME is a draft ("Exporting and importing items by using EWS in Exchange").
    { property: properties.messageFlags, value: (flags.seen ? messageFlag.read : 0) | (flags.draft ? messageFlag.unsent : 0) },
    { property: properties.messageDeliveryTime, value: dateTime(info.received) },
    ...(sent === undefined ? [] : [{ property: properties.clientSubmitTime, value: dateTime(sent) }]),
    ...followUpValues(flags.followUp, details?.followUp),
    ...lastVerbValues(flags.lastVerb),
    ...(marker === undefined ? [] : [{ property: properties.marker, value: marker }]),
  ]
}

/**
 * Classes that Exchange finds by itself from MIME: plain mail, signed and encrypted mail, reports. To name them would keep it from
 * taking the structure apart; a form's own class isn't in the MIME and has to be named.
 */
const foundByExchange = /^(IPM\.Note(\.SMIME(\.MultipartSigned)?|\.Rules\..*)?|REPORT(\..*)?)$/i

/**
 * A `t:Message` of MIME, or a `t:PostItem`. A meeting request among mail becomes what Exchange makes of its calendar part; one it refuses (MIME
 * "can't import meetings") has its own row.
 */
export function mimeItem(item: OutgoingItem): Piece[] {
  const flags = itemFlags(item.info.flags)
  const itemClass = item.details?.itemClass
  const isPost = /^IPM\.Post(\.|$)/i.test(itemClass ?? '')
  const name = isPost ? 't:PostItem' : 't:Message'
  const named = itemClass !== undefined && !foundByExchange.test(itemClass) && !/^IPM\.Post$/i.test(itemClass)
  const importance = item.details?.importance
  return [
    `<${name}><t:MimeContent>`,
    item.content,
    '</t:MimeContent>',
    named ? textElement('t:ItemClass', itemClass) : '',
    flags.categories.length > 0 ? element('t:Categories', {}, ...flags.categories.map(category => textElement('t:String', category))) : '',
    importance === undefined ? '' : textElement('t:Importance', `${importance.charAt(0).toUpperCase()}${importance.slice(1)}`),
    ...valuesOf(item, flags).map(extendedProperty),
    `</${name}>`,
  ]
}

export const createFromMime = (folder: Folder, items: readonly OutgoingItem[]): Piece[] => [
  `<m:CreateItem MessageDisposition="SaveOnly">${element('m:SavedItemFolderId', {}, folderId(folder.id))}<m:Items>`,
  ...items.flatMap(mimeItem),
  '</m:Items></m:CreateItem>',
]

export interface Upload {
  readonly folder: Folder
  readonly content: OutgoingItem['content']
  /** The item whose place it takes. */
  readonly replaced: string | undefined
}

/** Items of Exchange's own stream, whichever folders they go to. */
export const uploadItems = (items: readonly Upload[]): Piece[] => [
  '<m:UploadItems><m:Items>',
  ...items.flatMap(({ folder, content, replaced }): Piece[] => [
    `<t:Item CreateAction="${replaced === undefined ? 'CreateNew' : 'Update'}" IsAssociated="false">${element('t:ParentFolderId', { Id: folder.id })}`,
    replaced === undefined ? '' : itemId(replaced),
    '<t:Data>',
    content,
    '</t:Data></t:Item>',
  ]),
  '</m:Items></m:UploadItems>',
]
