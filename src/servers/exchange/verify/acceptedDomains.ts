import { hostKey } from '../../../domain/addresses.ts'
import type { ActingFor } from '../library/typedEws.ts'
import { EwsRefusal } from '../soap/ewsRefusal.ts'
import type { XmlNode } from '../soap/node.ts'
import type { EwsTransport } from '../transport/ewsTransport.ts'
import { rawCall } from './rawCall.ts'

const request =
  '<m:GetServiceConfiguration><m:RequestedConfiguration><m:ConfigurationName>MailTips</m:ConfigurationName></m:RequestedConfiguration></m:GetServiceConfiguration>'

/** The organisation's own domains: the InternalDomains of its mail tips (MS-OXWSCONFIG). Nothing where the server doesn't tell. */
export async function acceptedDomains(
  transport: EwsTransport,
  call: { readonly signal: AbortSignal; readonly actingFor?: ActingFor | undefined },
): Promise<readonly string[] | undefined> {
  const message = await rawCall(transport, request, call).catch((error: unknown) => {
    if (error instanceof EwsRefusal) return undefined
    throw error
  })
  const domains = message === undefined ? [] : domainsIn(message)
  return domains.length === 0 ? undefined : domains
}

const domainsIn = (node: XmlNode): string[] =>
  node.name === 'Domain' && node.attributes['Name'] !== undefined ? [hostKey(node.attributes['Name'])] : node.children.flatMap(domainsIn)
