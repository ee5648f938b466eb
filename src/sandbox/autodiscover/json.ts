import { type Answer, jsonAnswer, redirectAnswer } from '../http/answer.ts'
import { type AutodiscoverSite, lookUp } from './lookUp.ts'

/* Autodiscover v2: no credentials, no settings, only where to ask. */

/** The address in `…/autodiscover.json/v1.0/ADDRESS` or `…/autodiscover.json?Email=ADDRESS`. */
export function addressInUrl(url: URL): string | undefined {
  const inPath = /^\/autodiscover\/autodiscover\.json\/v1\.0\/([^/]+)$/i.exec(url.pathname)?.[1]
  return inPath === undefined ? parameter(url, 'email') : decodeURIComponent(inPath)
}

const protocols: Record<string, { readonly name: string; readonly path: string }> = {
  ews: { name: 'EWS', path: '/EWS/Exchange.asmx' },
  autodiscoverv1: { name: 'AutodiscoverV1', path: '/autodiscover/autodiscover.xml' },
  activesync: { name: 'ActiveSync', path: '/Microsoft-Server-ActiveSync' },
}

export function answerJson(site: AutodiscoverSite, url: URL): Answer {
  const asked = parameter(url, 'protocol')
  if (asked === undefined)
    return refused(400, 'MandatoryParameterMissing', 'A valid value must be provided for the query parameter ‘Protocol’.')
  const protocol = Object.hasOwn(protocols, asked.toLowerCase()) ? protocols[asked.toLowerCase()] : undefined
  if (protocol === undefined) {
    const names = Object.values(protocols).map(({ name }) => name)
    return refused(400, 'InvalidProtocol', `The given protocol value ‘${asked}’ is invalid. Supported values are ‘${names.join(',')}’.`)
  }
  const address = addressInUrl(url)
  if (address === undefined) return refused(400, 'MandatoryParameterMissing', 'A valid smtp address must be provided.')
  const found = lookUp(site, address)
  if (found.kind === 'mailbox') return jsonAnswer({ Protocol: protocol.name, Url: `${site.base}${protocol.path}` })
  if (found.kind === 'unknown') return refused(404, 'UserNotFound', 'The given user is not found.')
  return redirectAnswer(
    'url' in found.to ? `${new URL(found.to.url).origin}${url.pathname}${url.search}` : elsewhere(found.to.address, protocol.name),
  )
}

const elsewhere = (address: string, protocol: string): string =>
  `https://autodiscover.${address.split('@')[1] ?? ''}/autodiscover/autodiscover.json/v1.0/${encodeURIComponent(address)}?Protocol=${protocol}`

const refused = (status: number, code: string, message: string): Answer => jsonAnswer({ ErrorCode: code, ErrorMessage: message }, status)

/** IIS reads names of parameters without regard to case. */
const parameter = (url: URL, name: string): string | undefined =>
  [...url.searchParams].find(([key, value]) => key.toLowerCase() === name && value !== '')?.[1]
