import { z } from 'zod'
import type { ItemInfo } from '../../../domain/mail.ts'
import { flagsFrom } from '../../mapi/flags.ts'
import { createdAt, extendedSchema } from './messageInfo.ts'
import { expanding, extendedNumber, extendedTime, type PropertyId, property } from './properties.ts'
import type { SessionContext } from './sessionContext.ts'

/** An item of any class, as the import and export API tells of it ("mailboxitem"). */
export const mailboxItemSchema = z.object({
  id: z.string().min(1),
  changeKey: z.string().nullish(),
  createdDateTime: z.string().nullish(),
  categories: z.array(z.string()).nullish(),
  type: z.string().nullish(),
  size: z.number().nullish(),
  singleValueExtendedProperties: extendedSchema,
})

export type MailboxItem = z.infer<typeof mailboxItemSchema>

export const mailboxItemSelect = '$select=id,changeKey,createdDateTime,categories,type,size'

/** What tells of mail that can't be reached as messages; contacts and the like have none of it. */
const ofMail = [property.messageDeliveryTime, property.messageFlags, property.flagStatus, property.lastVerbExecuted] as const

/** Properties that the port wants to know of a store's items beside those that are selected. */
export const beside = ({ mail }: Pick<SessionContext, 'mail'>): readonly PropertyId[] => (mail ? [] : ofMail)

/** Query options of a request for items, and for properties beside. */
export const mailboxItemQuery = (properties: readonly PropertyId[]): string =>
  properties.length === 0 ? mailboxItemSelect : `${mailboxItemSelect}&$expand=${encodeURIComponent(expanding(properties))}`

/** In the port's terms. Contacts and the like were never received: they count from when they were made. */
export function mailboxItemInfo(item: MailboxItem): ItemInfo {
  const received = extendedTime(item, property.messageDeliveryTime)
  return {
    key: item.id,
    size: item.size ?? 0,
    received: received ?? createdAt(item) ?? 0,
    ...(received === undefined && { undated: true as const }),
    flags: flagsFrom({
      bits: extendedNumber(item, property.messageFlags) ?? 0,
      status: extendedNumber(item, property.flagStatus),
      lastVerb: extendedNumber(item, property.lastVerbExecuted),
      categories: item.categories ?? [],
    }),
    ...(item.changeKey != null && { version: item.changeKey }),
  }
}
