import type { StoredError } from '../../domain/pair.ts'
import type { DeviceCodeEvent } from '../../rpc/events.ts'
import type { ConnectionDraft } from './draft.ts'

/** How far preparing the tenant, or signing an administrator in, has come. */
export type Registration =
  /** `code`: what the person has to enter, where the sign-in goes by one. */
  | { readonly state: 'running'; readonly what: 'register' | 'signIn'; readonly code?: DeviceCodeEvent }
  /** The script is open. `why`: why it wasn't done from here, in the tenant's words or ours. */
  | { readonly state: 'byHand'; readonly steps: readonly string[]; readonly why?: StoredError | string; readonly left?: string }
  | { readonly state: 'done'; readonly name: string }
  | { readonly state: 'signedIn'; readonly user: string }
  | { readonly state: 'failed'; readonly why: StoredError }
  /** There was nothing on the clipboard that the script printed. */
  | { readonly state: 'notPasted' }

/** The mailboxes an application is to be bound to; none: every one of the tenant. */
export const scopeOf = ({ scope }: Pick<ConnectionDraft, 'scope'>): string[] => scope.split(/[\s,;]+/).filter(mailbox => mailbox !== '')

/** What the registration script printed last: the tenant and the application. */
export function readPrinted(text: string): Pick<ConnectionDraft, 'tenant' | 'clientId'> | undefined {
  const id = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
  const tenant = new RegExp(`\\btenant\\s+${id}`, 'i').exec(text)?.[1]
  const clientId = new RegExp(`\\bclient id\\s+${id}`, 'i').exec(text)?.[1]
  return tenant === undefined || clientId === undefined ? undefined : { tenant, clientId }
}
