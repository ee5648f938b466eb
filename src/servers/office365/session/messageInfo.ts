import { z } from 'zod'
import type { ItemDetails, ItemInfo } from '../../../domain/mail.ts'
import { flagsFrom, messageFlag } from '../../mapi/flags.ts'
import { expanding, extendedNumber, extendedText, property } from './properties.ts'

export const extendedSchema = z.array(z.object({ id: z.string(), value: z.string() })).nullish()

const zoned = z.object({ dateTime: z.string() }).nullish()

export const messageSchema = z.object({
  id: z.string().min(1),
  changeKey: z.string().nullish(),
  parentFolderId: z.string().nullish(),
  createdDateTime: z.string().nullish(),
  receivedDateTime: z.string().nullish(),
  sentDateTime: z.string().nullish(),
  isRead: z.boolean().nullish(),
  isDraft: z.boolean().nullish(),
  isReadReceiptRequested: z.boolean().nullish(),
  importance: z.string().nullish(),
  categories: z.array(z.string()).nullish(),
  flag: z.object({ flagStatus: z.string().nullish(), startDateTime: zoned, dueDateTime: zoned, completedDateTime: zoned }).nullish(),
  singleValueExtendedProperties: extendedSchema,
})

export type Message = z.infer<typeof messageSchema>

/** What is asked for, for `messageInfo` and `messageDetails` to know. */
const selected = [
  'id',
  'changeKey',
  'parentFolderId',
  'createdDateTime',
  'receivedDateTime',
  'sentDateTime',
  'isRead',
  'isDraft',
  'isReadReceiptRequested',
  'importance',
  'categories',
  'flag',
]
const expanded = [property.messageClass, property.messageSize, property.lastVerbExecuted, property.marker] as const

/** Query options for it. */
export const messageQuery = `$select=${selected.join(',')}&$expand=${encodeURIComponent(expanding(expanded))}`

const timeOfText = (text: string | null | undefined): number | undefined => {
  const value = Date.parse(text ?? '')
  return Number.isNaN(value) ? undefined : value
}

/** A message in the port's terms. Graph tells times to the second. */
export function messageInfo(message: Message): ItemInfo {
  const received = timeOfText(message.receivedDateTime)
  return {
    key: message.id,
    size: extendedNumber(message, property.messageSize) ?? 0,
    received: received ?? timeOfText(message.createdDateTime) ?? 0,
    ...(received === undefined && { undated: true as const }),
    flags: flagsOf(message),
    ...(message.changeKey != null && { version: message.changeKey }),
  }
}

const statuses: Readonly<Record<string, number>> = { complete: 1, flagged: 2 }

export const flagsOf = (message: Message): readonly string[] =>
  flagsFrom({
    bits: (message.isRead ? messageFlag.read : 0) | (message.isDraft ? messageFlag.unsent : 0),
    status: statuses[message.flag?.flagStatus ?? ''],
    lastVerb: extendedNumber(message, property.lastVerbExecuted),
    categories: message.categories ?? [],
  })

/** Mail where an answer lacks it. */
export const classOf = (message: Message): string => extendedText(message, property.messageClass) ?? 'IPM.Note'

export const markerOf = (message: Message): string | undefined => extendedText(message, property.marker)

/** Whether a changed message may have other content, and not only other flags: one that is written on. Sent or received mail hardly. */
export const isEditable = (message: Message): boolean => message.isDraft === true || !/^(IPM\.Note|REPORT)(\.|$)/i.test(classOf(message))

export const createdAt = ({ createdDateTime }: { readonly createdDateTime?: string | null | undefined }): number | undefined =>
  timeOfText(createdDateTime)

/** What a message is beside its bytes and flags. */
export function messageDetails(message: Message): ItemDetails {
  const sent = timeOfText(message.sentDateTime)
  const importance = message.importance?.toLowerCase()
  const followUp = followUpOf(message.flag)
  return {
    itemClass: classOf(message),
    ...(sent !== undefined && { sent }),
    ...((importance === 'low' || importance === 'normal' || importance === 'high') && { importance }),
    ...(followUp && { followUp }),
  }
}

/** Its dates are in UTC unless another zone was asked for. */
function followUpOf(flag: Message['flag']): ItemDetails['followUp'] {
  if (!flag || !(flag.flagStatus === 'flagged' || flag.flagStatus === 'complete')) return undefined
  const time = (zonedTime: { readonly dateTime: string } | null | undefined): number | undefined =>
    zonedTime ? timeOfText(/(Z|[+-]\d\d:?\d\d)$/.test(zonedTime.dateTime) ? zonedTime.dateTime : `${zonedTime.dateTime}Z`) : undefined
  const [start, due, completed] = [time(flag.startDateTime), time(flag.dueDateTime), time(flag.completedDateTime)]
  return {
    ...(start !== undefined && { start }),
    ...(due !== undefined && { due }),
    ...(completed !== undefined && { completed }),
  }
}
