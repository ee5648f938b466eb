import type { ItemDetails, ItemInfo } from '../../../domain/mail.ts'
import { messageFlag } from '../../mapi/flags.ts'
import { descend, numberAt, textAt, timeAt, type XmlNode } from '../soap/node.ts'
import { properties } from '../soap/properties.ts'
import { extendedNumber, extendedText, extendedTime } from './extendedValues.ts'
import { flagProperties, flagsOf } from './flags.ts'
import type { Property } from './operations.ts'

/** What has to be asked for, for `itemInfo` to know. */
export const infoProperties: readonly Property[] = [
  'item:Size',
  'item:DateTimeReceived',
  'item:DateTimeCreated',
  'item:ItemClass',
  ...flagProperties,
]

/** The one item within a container such as `Items` or a sync's `Create`; absent where there is none. */
export const itemWithin = (container: XmlNode | undefined): XmlNode | undefined =>
  container?.children.find(child => descend(child, 'ItemId') !== undefined)

/** An item's id; nothing where an answer lacks it. */
export const idOf = (item: XmlNode | undefined): string | undefined => descend(item, 'ItemId')?.attributes['Id']

export const changeKeyOf = (item: XmlNode | undefined): string | undefined => descend(item, 'ItemId')?.attributes['ChangeKey']

/** What is known of an answered item. Contacts and the like were never received: they count from when they were made. */
export function itemInfo(item: XmlNode): ItemInfo | undefined {
  const key = idOf(item)
  const version = changeKeyOf(item)
  if (key === undefined) return undefined
  const received = timeAt(item, 'DateTimeReceived')
  return {
    key,
    size: numberAt(item, 'Size') ?? 0,
    received: received ?? timeAt(item, 'DateTimeCreated') ?? 0,
    ...(received === undefined && { undated: true as const }),
    flags: flagsOf(item),
    ...(version !== undefined && { version }),
  }
}

/** `IPM` where an answer lacks it, which no format but Exchange's own carries. */
export const itemClassOf = (item: XmlNode): string => textAt(item, 'ItemClass') ?? 'IPM'

/** Whether a changed item may have other content, and not only other flags: a draft that is written on, an appointment that moves; a sent or received mail hardly. */
export const isEditable = (item: XmlNode): boolean =>
  !/^(IPM\.Note|REPORT)(\.|$)/i.test(itemClassOf(item)) || ((extendedNumber(item, properties.messageFlags) ?? 0) & messageFlag.unsent) !== 0

export const detailProperties: readonly Property[] = [
  'item:ItemClass',
  'item:DateTimeSent',
  'item:Importance',
  properties.flagStatus,
  properties.flagCompleteTime,
  properties.taskStartDate,
  properties.taskDueDate,
  properties.taskDateCompleted,
]

/** What a message is beside its bytes and flags. */
export function itemDetails(item: XmlNode): ItemDetails {
  const sent = timeAt(item, 'DateTimeSent')
  const importance = textAt(item, 'Importance')?.toLowerCase()
  const followUp = followUpOf(item)
  return {
    itemClass: itemClassOf(item),
    ...(sent !== undefined && { sent }),
    ...((importance === 'low' || importance === 'normal' || importance === 'high') && { importance }),
    ...(followUp && { followUp }),
  }
}

function followUpOf(item: XmlNode): ItemDetails['followUp'] {
  if (extendedNumber(item, properties.flagStatus) === undefined) return undefined
  const start = extendedTime(item, properties.taskStartDate)
  const due = extendedTime(item, properties.taskDueDate)
  const completed = extendedTime(item, properties.flagCompleteTime) ?? extendedTime(item, properties.taskDateCompleted)
  return {
    ...(start !== undefined && { start }),
    ...(due !== undefined && { due }),
    ...(completed !== undefined && { completed }),
  }
}

export const markerOf = (item: XmlNode): string | undefined => extendedText(item, properties.marker)
