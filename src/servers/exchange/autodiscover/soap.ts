import { all, escapeXml, parseXml, textOf } from './elements.ts'
import { type AutodiscoverAnswer, settingsFrom } from './userSettings.ts'

const namespace = 'http://schemas.microsoft.com/exchange/2010/Autodiscover'

const wanted = [
  'ExternalEwsUrl',
  'InternalEwsUrl',
  'AutoDiscoverSMTPAddress',
  'UserDisplayName',
  'UserDN',
  'UserDeploymentId',
  'InternalMailboxServer',
]

/** GetUserSettings (MS-OXWSADISC 3.1.4.1), from Exchange 2010 on. */
export const soapRequest = (address: string, url: string): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:w="http://www.w3.org/2005/08/addressing" xmlns:a="${namespace}"><s:Header><a:RequestedServerVersion>Exchange2010</a:RequestedServerVersion><w:Action>${namespace}/Autodiscover/GetUserSettings</w:Action><w:To>${escapeXml(url)}</w:To></s:Header><s:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${escapeXml(address)}</a:Mailbox></a:User></a:Users><a:RequestedSettings>${wanted.map(name => `<a:Setting>${name}</a:Setting>`).join('')}</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>`,
  )

/** Nothing where it isn't an answer of Autodiscover. */
export function parseSoap(body: Buffer): AutodiscoverAnswer | undefined {
  const root = parseXml(body)
  if (root?.name !== 'Envelope') return undefined
  const fault = textOf(root, 'faultstring')
  if (fault !== undefined) return { kind: 'failed', reason: fault }
  const [user] = all(root, 'UserResponse')
  const code = textOf(user ?? root, 'ErrorCode')
  const target = textOf(user, 'RedirectTarget')
  if (code === 'RedirectAddress' && target !== undefined) return { kind: 'redirectAddress', address: target }
  if (code === 'RedirectUrl' && target !== undefined) return { kind: 'redirectUrl', url: target }
  if (code === 'InvalidUser' || code === 'InvalidDomain' || code === 'NotFederated') return { kind: 'unknown' }
  if (code !== 'NoError' || user === undefined) return { kind: 'failed', reason: `Autodiscover error ${code ?? 'without a code'}` }
  const values = new Map(Array.from(all(user, 'UserSetting'), setting => [textOf(setting, 'Name'), textOf(setting, 'Value')]))
  return {
    kind: 'settings',
    settings: settingsFrom({
      ewsUrl: values.get('ExternalEwsUrl') ?? values.get('InternalEwsUrl'),
      address: values.get('AutoDiscoverSMTPAddress'),
      displayName: values.get('UserDisplayName'),
      legacyExchangeDN: values.get('UserDN'),
      deploymentId: values.get('UserDeploymentId'),
      mailboxServer: values.get('InternalMailboxServer'),
    }),
  }
}
