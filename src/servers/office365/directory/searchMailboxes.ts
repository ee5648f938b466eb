import { z } from 'zod'
import type { Mailbox } from '../../../domain/pair.ts'
import { type Asking, ask } from '../graph/ask.ts'
import { filterText, mailboxOf, userFields, userSchema } from './user.ts'

/** The mailboxes whose name or address begins so; the first twenty-five. */
export async function searchMailboxes(asking: Asking, text: string): Promise<readonly Mailbox[]> {
  const wanted = filterText(text)
  const filter = ['displayName', 'mail', 'userPrincipalName'].map(field => `startswith(${field},${wanted})`).join('%20or%20')
  const { value } = await ask(asking, z.object({ value: z.array(userSchema) }), {
    path: `/users?$filter=${filter}&$select=${userFields}&$top=25`,
    needs: ['User.Read.All'],
  })
  return value.map(mailboxOf).filter(mailbox => mailbox !== undefined)
}
