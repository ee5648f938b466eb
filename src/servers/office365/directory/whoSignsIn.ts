import type { Office365SignIn } from '../../../domain/connection.ts'
import { type Asking, ask } from '../graph/ask.ts'
import { mailboxOf, userFields, userSchema } from './user.ts'

/** The primary address of whoever is signed in himself; an application has none. */
export async function whoSignsIn(asking: Asking, { method }: Office365SignIn): Promise<string | undefined> {
  if (method === 'application') return undefined
  const me = await ask(asking, userSchema, { path: `/me?$select=${userFields}`, needs: ['User.Read'] })
  return mailboxOf(me)?.address ?? me.userPrincipalName ?? undefined
}
