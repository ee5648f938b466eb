import type { ConnectionSettings, ExchangeServer, Recorded, Verification } from '../../domain/connection.ts'
import { endsSoon } from '../../domain/expiry.ts'
import type { SecretReference } from '../../domain/secretReference.ts'
import { referenceText } from '../../secrets/reference.ts'
import { moment } from './units.ts'

export function serverText(settings: ConnectionSettings): string {
  if (settings.kind === 'exchange') return `Exchange: ${exchangeText(settings.server)}`
  if (settings.kind === 'office365') return 'Office 365'
  const { host, port, tls } = settings.server
  return `${host}:${port} (${tls === 'none' ? 'no TLS' : tls === 'starttls' ? 'STARTTLS' : 'TLS'})`
}

export function exchangeText(server: ExchangeServer): string {
  switch (server.by) {
    case 'autodiscover':
      return `Autodiscover for ${server.domain}${server.at === undefined ? '' : ` at ${server.at}`}`
    case 'host':
      return server.host
    case 'url':
      return server.url
  }
}

export function signInText(settings: ConnectionSettings): string {
  if (settings.kind === 'exchange') {
    const { user, method, access } = settings.admin
    return `${user} acts for everybody (${method === 'ntlm' ? 'NTLM' : method}; ${access === 'impersonation' ? 'impersonation' : 'full access'})`
  }
  if (settings.kind === 'office365') return settings.signIn.method === 'admin' ? settings.signIn.user : 'as an application'
  const { signIn } = settings
  switch (signIn.method) {
    case 'mailbox':
      return 'each mailbox with its own password'
    case 'token':
      return 'each mailbox with its own access token'
    case 'admin':
      return `${signIn.user} acts for everybody (${signIn.actAs === 'authzid' ? 'SASL authorization id' : `login mailbox${signIn.separator}${signIn.user}`})`
  }
}

export function verificationText(verification: Verification, now = Date.now()): string {
  switch (verification.state) {
    case 'unverified':
      return 'not verified'
    case 'verified':
      return `verified ${moment(verification.recorded.at)}${expiryText(verification, now)}`
    case 'stale':
      return `stale since ${moment(verification.since)}: ${verification.detail}`
    case 'credentialsNeeded':
      return `credentials needed: ${verification.refused.map(({ user, at }) => `“${user}” was refused ${moment(at)}`).join(', ')}`
    case 'unreachable':
      return `unreachable since ${moment(verification.since)}: ${verification.cause}`
  }
}

function expiryText(verification: Verification, now: number): string {
  const ends = endsSoon(verification, now)
  if (ends === undefined) return ''
  const { what, days } = ends
  if (days < 0) return `; its ${what} has ended`
  const how = what === 'certificate' ? 'mailferry office365 renew NAME' : 'renew it in the tenant, and give it anew'
  return `; its ${what} ends in ${days} day${days === 1 ? '' : 's'}: ${how}`
}

export const secretText = (secret: SecretReference | undefined): string =>
  secret === undefined ? 'none given' : 'file' in secret ? `file ${secret.file}` : referenceText(secret).replace(/^the /, '')

/** What a person does next about a connection's state; nothing where there is nothing to do. */
export function nextText(name: string, verification: Verification): string | undefined {
  switch (verification.state) {
    case 'stale':
      return `Next: mailferry connection reconfigure "${name}"`
    case 'credentialsNeeded':
      return `Next: mailferry connection secret "${name}", or correct the file that its secret is in${renamed(name, verification.recorded)}`
    case 'unreachable':
      return 'Next: see that the server runs and that this machine reaches it, then check again.'
    case 'unverified':
      return `Next: mailferry connection test "${name}"`
    case 'verified':
      return undefined
  }
}

/** An admin known by an address may have been renamed; others can't be reconfigured. */
const renamed = (name: string, recorded: Recorded | undefined): string =>
  recorded?.adminAddress === undefined ? '' : `; if the admin account was renamed: mailferry connection reconfigure "${name}" --admin …`

export const quotedList = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.map(name => `“${name}”`).join(', '))
