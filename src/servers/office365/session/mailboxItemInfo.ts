import { z } from 'zod'
import type { ItemInfo } from '../../../domain/mail.ts'
import { flagsFrom } from '../../mapi/flags.ts'
import { createdAt, extendedSchema } from './messageInfo.ts'

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

/** In the port's terms. Contacts and the like were never received: they count from when they were made. */
export const mailboxItemInfo = (item: MailboxItem): ItemInfo => ({
  key: item.id,
  size: item.size ?? 0,
  received: createdAt(item) ?? 0,
  undated: true,
  flags: flagsFrom({ bits: 0, status: undefined, lastVerb: undefined, categories: item.categories ?? [] }),
  ...(item.changeKey != null && { version: item.changeKey }),
})
