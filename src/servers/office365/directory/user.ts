import { z } from 'zod'
import type { Mailbox } from '../../../domain/pair.ts'

/** What is read of a user (Microsoft Graph, "user resource type"). */
export const userSchema = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  userType: z.string().nullish(),
  proxyAddresses: z.array(z.string()).nullish(),
})

export type User = z.infer<typeof userSchema>

export const userFields = 'id,displayName,mail,userPrincipalName,userType,proxyAddresses'

/** The mailbox of a user, by his primary address; nothing for guests and for those who have no address. */
export function mailboxOf({ id, displayName, mail, userType, proxyAddresses }: User): Mailbox | undefined {
  // The primary one is written in capitals, all others in small letters.
  const primary = proxyAddresses?.find(address => address.startsWith('SMTP:'))?.slice('SMTP:'.length)
  const address = primary ?? mail ?? undefined
  if (address === undefined || address === '' || userType === 'Guest') return undefined
  return { address, id: id.toLowerCase(), ...(displayName && { displayName }) }
}

/** A text in an OData filter (OData 4.01, 5.1.1.14.1), encoded for a query. */
export const filterText = (text: string): string => encodeURIComponent(`'${text.replaceAll("'", "''")}'`)
