import { type Answer, xmlAnswer } from '../http/answer.ts'
import { type AutodiscoverSite, lookUp } from './lookUp.ts'
import { userSettings } from './settings.ts'
import { element, flatten } from './xml.ts'

/* GetUserSettings of MS-OXWSADISC, from Exchange 2010 on. */

const namespace = 'http://schemas.microsoft.com/exchange/2010/Autodiscover'
const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const addressing = 'http://www.w3.org/2005/08/addressing'

/** What this operation may be asked for beside what the sandbox tells; other names are `InvalidSetting`. */
const knownSettings = [
  'InternalRpcClientServer',
  'ActiveDirectoryServer',
  'InternalEcpUrl',
  'ExternalEcpUrl',
  'PublicFolderServer',
  'MobileMailboxPolicy',
  'AlternateMailboxes',
  'ExternalMailboxServer',
  'EwsPartnerUrl',
  'CrossOrganizationSharingEnabled',
  'GroupingInformation',
  'UserMSOnline',
  'MapiHttpEnabled',
]

/** A hundred users at most, as Exchange's `MaxUsersPerGetUserSettingsRequest`. */
const mostUsers = 100

export function answerSoap(site: AutodiscoverSite, document: Buffer): Answer {
  const elements = flatten(document)
  const texts = (name: string): string[] =>
    (elements ?? []).filter(found => found.namespace === namespace && found.name === name).map(found => found.text)
  const action = elements?.find(found => found.namespace === addressing && found.name === 'Action')?.text
  if (elements === undefined || action !== `${namespace}/Autodiscover/GetUserSettings`)
    return fault('ActionNotSupported', 'The message with this Action cannot be processed at the receiver.')
  if (texts('RequestedServerVersion').length === 0)
    return response(site, 'InvalidRequest', 'The request is missing RequestedServerVersion.', '')
  const [users, settings] = [texts('Mailbox'), texts('Setting')]
  if (users.length === 0 || settings.length === 0)
    return response(site, 'InvalidRequest', 'Request.Users or RequestedSettings is empty.', '')
  if (users.length > mostUsers) return response(site, 'InvalidRequest', `More than ${mostUsers} users in a request.`, '')
  return response(site, 'NoError', '', users.map(user => userResponse(site, user, settings)).join(''))
}

function userResponse(site: AutodiscoverSite, user: string, asked: readonly string[]): string {
  if (!/^[^@\s]+@[^@\s]+$/.test(user)) return refused('InvalidUser', `Invalid user: '${user}'`)
  const found = lookUp(site, user)
  if (found.kind === 'unknown') return refused('InvalidUser', `Invalid user: '${user}'`)
  if (found.kind === 'redirect')
    return 'address' in found.to
      ? refused('RedirectAddress', `Redirection address: '${found.to.address}'.`, found.to.address)
      : refused('RedirectUrl', `Redirection URL: '${found.to.url}'.`, found.to.url)
  const told = userSettings(site, found.person, found.mailboxGuid)
  const [values, errors] = [[] as string[], [] as string[]]
  for (const name of asked) {
    const value = told.get(name)
    if (value !== undefined)
      values.push(`<UserSetting i:type="StringSetting">${element('Name', name)}${element('Value', value)}</UserSetting>`)
    else errors.push(settingError(name))
  }
  return `<UserResponse><ErrorCode>NoError</ErrorCode><ErrorMessage>No error.</ErrorMessage><RedirectTarget i:nil="true"/><UserSettingErrors>${errors.join(
    '',
  )}</UserSettingErrors><UserSettings>${values.join('')}</UserSettings></UserResponse>`
}

function settingError(name: string): string {
  const code = knownSettings.includes(name) ? 'SettingIsNotAvailable' : 'InvalidSetting'
  return `<UserSettingError><ErrorCode>${code}</ErrorCode>${element('ErrorMessage', `User setting '${name}' is not available.`)}${element(
    'SettingName',
    name,
  )}</UserSettingError>`
}

const refused = (code: string, message: string, target?: string): string =>
  `<UserResponse><ErrorCode>${code}</ErrorCode>${element('ErrorMessage', message)}${
    target === undefined ? '<RedirectTarget i:nil="true"/>' : element('RedirectTarget', target)
  }<UserSettingErrors/><UserSettings/></UserResponse>`

function response({ organisation: { version } }: AutodiscoverSite, code: string, message: string, users: string): Answer {
  const build = `<h:MajorVersion>${version.major}</h:MajorVersion><h:MinorVersion>${version.minor}</h:MinorVersion><h:MajorBuildNumber>${version.majorBuild}</h:MajorBuildNumber><h:MinorBuildNumber>${version.minorBuild}</h:MinorBuildNumber>`
  return xmlAnswer(
    `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}"><s:Header><a:Action s:mustUnderstand="1">${namespace}/Autodiscover/GetUserSettingsResponse</a:Action><h:ServerVersionInfo xmlns:h="${namespace}">${build}<h:Version>${version.newest}</h:Version></h:ServerVersionInfo></s:Header><s:Body><GetUserSettingsResponseMessage xmlns="${namespace}"><Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><ErrorCode>${code}</ErrorCode>${element(
      'ErrorMessage',
      message,
    )}<UserResponses>${users}</UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`,
  )
}

const fault = (code: string, text: string): Answer =>
  xmlAnswer(
    `<s:Envelope xmlns:s="${soap}"><s:Body><s:Fault><faultcode xmlns:a="${addressing}">a:${code}</faultcode><faultstring xml:lang="en-US">${text}</faultstring></s:Fault></s:Body></s:Envelope>`,
    500,
  )
