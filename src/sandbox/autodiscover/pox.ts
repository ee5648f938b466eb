import type { Person } from '../exchange/directory.ts'
import { type Answer, xmlAnswer } from '../http/answer.ts'
import { type AutodiscoverSite, type Found, lookUp } from './lookUp.ts'
import { userSettings } from './settings.ts'
import { element, flatten } from './xml.ts'

/* Plain old XML: MS-OXDSCLI for Outlook's schema, MS-ASCMD 2.2.1.1 for ActiveSync's. */

const outlookRequest = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'
const outlookSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a'
const mobileRequest = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006'
const mobileSchema = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006'

/** The address a POX or a SOAP request asks about: the one of the first user. */
export function askedAddress(document: Buffer): string | undefined {
  const asked = flatten(document)?.find(({ name }) => name === 'EMailAddress' || name === 'Mailbox')?.text
  return asked === '' ? undefined : asked
}

/** Answers one request; 500 for an address that isn't known here, 600 for a request that isn't one, 601 for a schema it doesn't speak. */
export function answerPox(site: AutodiscoverSite, document: Buffer): Answer {
  const elements = flatten(document)
  const text = (name: string): string | undefined => elements?.find(found => found.name === name)?.text
  const [address, schema] = [text('EMailAddress'), text('AcceptableResponseSchema')]
  const request = elements?.at(-1)?.namespace
  if (!address || !schema || (request !== outlookRequest && request !== mobileRequest)) return error(site, 600, 'Invalid Request')
  if (schema === mobileSchema) return wrapped(mobileSchema, mobile(site, address, lookUp(site, address)))
  if (schema !== outlookSchema) return error(site, 601, 'Provider is not available.')
  const found = lookUp(site, address)
  if (found.kind === 'unknown') return error(site, 500, 'The email address can’t be found.')
  return wrapped(outlookSchema, found.kind === 'redirect' ? redirect(found.to) : outlook(site, found.person, found.mailboxGuid))
}

function outlook(site: AutodiscoverSite, person: Person, mailboxGuid: string): string {
  const settings = userSettings(site, person, mailboxGuid)
  const setting = (name: string, from: string): string => element(name, settings.get(from) ?? '')
  const urls = setting('ASUrl', 'ExternalEwsUrl') + setting('EwsUrl', 'ExternalEwsUrl') + setting('OABUrl', 'ExternalOABUrl')
  return `<User>${setting('DisplayName', 'UserDisplayName')}${setting('LegacyDN', 'UserDN')}${setting(
    'AutoDiscoverSMTPAddress',
    'AutoDiscoverSMTPAddress',
  )}${setting('DeploymentId', 'UserDeploymentId')}</User><Account><AccountType>email</AccountType><Action>settings</Action><MicrosoftOnline>False</MicrosoftOnline><Protocol><Type>EXCH</Type>${setting(
    'Server',
    'InternalMailboxServer',
  )}${setting('ServerDN', 'InternalMailboxServerDN')}<ServerVersion>${serverVersion(site)}</ServerVersion>${setting(
    'MdbDN',
    'MailboxDN',
  )}${urls}</Protocol><Protocol><Type>EXPR</Type>${urls}</Protocol></Account>`
}

/** Build and release packed into hexadecimal digits, as Outlook reads them. */
function serverVersion({ organisation: { version } }: AutodiscoverSite): string {
  const packed = (version.major & 0x3f) * 2 ** 22 + (version.minor & 0x3f) * 2 ** 16 + 0x8000 + (version.majorBuild & 0x7fff)
  return (packed + 0x70000000).toString(16).toUpperCase()
}

const redirect = (to: { readonly address: string } | { readonly url: string }): string =>
  `<Account>${
    'address' in to
      ? `<Action>redirectAddr</Action>${element('RedirectAddr', to.address)}`
      : `<Action>redirectUrl</Action>${element('RedirectUrl', to.url)}`
  }</Account>`

function mobile({ base }: AutodiscoverSite, address: string, found: Found): string {
  const url = `${base}/Microsoft-Server-ActiveSync`
  const action =
    found.kind === 'unknown'
      ? '<Error><Status>1</Status><Message>The e-mail address cannot be found.</Message><DebugData>MailUser</DebugData></Error>'
      : found.kind === 'redirect'
        ? element('Redirect', 'address' in found.to ? found.to.address : found.to.url)
        : `<Settings><Server><Type>MobileSync</Type>${element('Url', url)}${element('Name', url)}</Server></Settings>`
  const name = found.kind === 'mailbox' ? found.person.displayName : ''
  return `<Culture>en:us</Culture><User>${element('DisplayName', name)}${element('EMailAddress', address)}</User><Action>${action}</Action>`
}

const responseSchema = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006'

const wrapped = (schema: string, inner: string): Answer =>
  xmlAnswer(
    `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${responseSchema}"><Response xmlns="${schema}">${inner}</Response></Autodiscover>`,
  )

const error = ({ organisation }: AutodiscoverSite, code: number, message: string): Answer =>
  xmlAnswer(
    `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${responseSchema}"><Response><Error Time="${new Date(organisation.now())
      .toISOString()
      .slice(
        11,
        23,
      )}" Id="1054084152"><ErrorCode>${code}</ErrorCode>${element('Message', message)}<DebugData /></Error></Response></Autodiscover>`,
  )
