import { all, type Element, escapeXml, parseXml, textOf } from './elements.ts'
import { type AutodiscoverAnswer, settingsFrom } from './userSettings.ts'

const requestSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'
const responseSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a'

/** A request of "plain old XML" Autodiscover (MS-OXDSCLI 2.2.3), which every version of Exchange answers. */
export const poxRequest = (address: string): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${requestSchema}"><Request><EMailAddress>${escapeXml(address)}</EMailAddress><AcceptableResponseSchema>${responseSchema}</AcceptableResponseSchema></Request></Autodiscover>`,
  )

/** Nothing where it isn't an answer of Autodiscover. */
export function parsePox(body: Buffer): AutodiscoverAnswer | undefined {
  const root = parseXml(body)
  if (root?.name !== 'Autodiscover') return undefined
  const code = textOf(root, 'ErrorCode')
  // MS-OXDSCLI 2.2.4.1.1.1: 500 is an address this server doesn't know.
  if (code === '500') return { kind: 'unknown' }
  if (code !== undefined) return { kind: 'failed', reason: `Autodiscover error ${code}: ${textOf(root, 'Message') ?? ''}` }
  const address = textOf(root, 'RedirectAddr')
  if (address !== undefined) return { kind: 'redirectAddress', address }
  const url = textOf(root, 'RedirectUrl')
  if (url !== undefined) return { kind: 'redirectUrl', url }
  const inside = protocolOf(root, 'EXCH')
  const outside = protocolOf(root, 'EXPR')
  if (!inside && !outside) return { kind: 'failed', reason: 'Autodiscover answers without settings' }
  return {
    kind: 'settings',
    settings: settingsFrom({
      // What the server has for clients outside is the safer address from where nobody knows the network.
      ewsUrl: textOf(outside, 'EwsUrl') ?? textOf(outside, 'ASUrl') ?? textOf(inside, 'EwsUrl') ?? textOf(inside, 'ASUrl'),
      address: textOf(root, 'AutoDiscoverSMTPAddress'),
      displayName: textOf(root, 'DisplayName'),
      legacyExchangeDN: textOf(root, 'LegacyDN'),
      deploymentId: textOf(root, 'DeploymentId'),
      mailboxServer: textOf(inside, 'Server'),
    }),
  }
}

function protocolOf(root: Element, type: string): Element | undefined {
  for (const protocol of all(root, 'Protocol')) if (textOf(protocol, 'Type') === type) return protocol
  return undefined
}
