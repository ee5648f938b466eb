import type { UserSettings } from '../autodiscover/userSettings.ts'
import type { Directory } from '../directory/directory.ts'
import { resolveNames } from '../directory/resolveNames.ts'
import type { TypedCall } from '../library/typedEws.ts'
import { EwsRefusal } from '../soap/ewsRefusal.ts'
import type { EwsTransport } from '../transport/ewsTransport.ts'

/**
 * The admin's mailbox as Autodiscover describes it today: by an address it is known to have had, by the user name where that is an address too, or by the
 * account's name where exactly one mailbox has it. Nothing for an account without a mailbox.
 */
export async function whoSignsIn(
  { transport, directory }: { readonly transport: EwsTransport; readonly directory: Directory },
  user: string,
  knownAddress: string | undefined,
  call: TypedCall,
): Promise<UserSettings | undefined> {
  for (const address of new Set([knownAddress, user].filter(text => text?.includes('@')))) {
    const settings = address === undefined ? undefined : await directory.settings(address, call.signal)
    if (settings) return settings
  }
  const [only, ...others] = await byName(transport, user, call)
  return only === undefined || others.length > 0 ? undefined : directory.settings(only.address, call.signal)
}

/** An account without a mailbox may not ask who others are. */
async function byName(transport: EwsTransport, user: string, call: TypedCall): ReturnType<typeof resolveNames> {
  const name = user.slice(user.indexOf('\\') + 1).replace(/@.*$/, '')
  try {
    const found = await resolveNames(transport, name, call)
    const exact = found.filter(({ address }) => address.toLowerCase().startsWith(`${name.toLowerCase()}@`))
    return exact.length > 0 ? exact : found
  } catch (error) {
    if (error instanceof EwsRefusal) return []
    throw error
  }
}
