import type { Mailbox } from '../../../domain/pair.ts'
import { libraryText, type TypedCall, typedCall } from '../library/typedEws.ts'
import { EwsRefusal } from '../soap/ewsRefusal.ts'
import type { EwsTransport } from '../transport/ewsTransport.ts'

/**
 * The mailboxes of this organisation that a text means: part of a name, an address, or a legacyExchangeDN. At most a hundred, and never those hidden from
 * address lists, so what is missing here may exist all the same.
 */
export async function resolveNames(transport: EwsTransport, text: string, call: TypedCall): Promise<readonly Mailbox[]> {
  try {
    const { result } = await typedCall(transport, call, async (service, { ResolveNameSearchLocation, MailboxType }) => {
      const found = await service.ResolveName(libraryText(text), ResolveNameSearchLocation.DirectoryOnly, false)
      return found
        .GetEnumerator()
        .map(({ Mailbox }) => Mailbox)
        .filter(({ MailboxType: type, RoutingType }) => type === MailboxType.Mailbox && RoutingType.toUpperCase() === 'SMTP')
        .map(({ Address, Name }): Mailbox => ({ address: Address, ...(Name && { displayName: Name }) }))
    })
    return result
  } catch (error) {
    if (error instanceof EwsRefusal && error.code === 'ErrorNameResolutionNoResults') return []
    throw error
  }
}
