import type { ConnectionSettings, ExchangeServer, Kind, Role, TlsMode } from '../../domain/connection.ts'
import type { Wording } from '../wording.ts'

export const kindText = ({ l10n }: Wording, kind: Kind): string => {
  switch (kind) {
    case 'exchange':
      return l10n.t('Exchange')
    case 'office365':
      return l10n.t('Office 365')
    case 'imap':
      return l10n.t('IMAP')
  }
}

export const roleText = ({ l10n }: Wording, role: Role): string => (role === 'source' ? l10n.t('Source') : l10n.t('Target'))

/** Where a connection leads: a host, or what leads to one. */
export function serverText(wording: Wording, settings: ConnectionSettings): string {
  switch (settings.kind) {
    case 'imap': {
      const { host, port } = settings.server
      return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
    }
    case 'exchange':
      return exchangeText(wording, settings.server)
    case 'office365':
      return settings.signIn.method === 'application' ? settings.signIn.tenant : kindText(wording, 'office365')
  }
}

const exchangeText = ({ l10n }: Wording, server: ExchangeServer): string => {
  switch (server.by) {
    case 'autodiscover':
      return l10n.t('Autodiscover for {0}', server.domain)
    case 'host':
      return server.host
    case 'url':
      return server.url
  }
}

/** Who signs in. */
export function adminText({ l10n }: Wording, settings: ConnectionSettings): string {
  switch (settings.kind) {
    case 'exchange':
      return settings.admin.user
    case 'office365':
      return settings.signIn.method === 'admin' ? settings.signIn.user : l10n.t('application {0}', settings.signIn.clientId)
    case 'imap':
      if (settings.signIn.method === 'admin') return settings.signIn.user
      return settings.signIn.method === 'mailbox' ? l10n.t('each mailbox by its password') : l10n.t('each mailbox by its token')
  }
}

/** How the way to the server is protected. */
export function tlsText({ l10n }: Wording, settings: ConnectionSettings): string {
  if (settings.kind === 'office365') return l10n.t('TLS')
  if (settings.kind === 'exchange') {
    const { fingerprints = [], caFile } = settings.trust ?? {}
    if (fingerprints.length > 0) return l10n.t('TLS, a certificate you trusted')
    return caFile === undefined ? l10n.t('TLS') : l10n.t('TLS, authorities from {0}', caFile)
  }
  const { tls, fingerprint, caFile } = settings.server
  if (tls === 'none') return l10n.t('none: everything travels readable')
  if (fingerprint !== undefined) return l10n.t('{0}, a certificate you trusted', tlsName(tls))
  return caFile === undefined ? tlsName(tls) : l10n.t('{0}, authorities from {1}', tlsName(tls), caFile)
}

const tlsName = (tls: Exclude<TlsMode, 'none'>): string => (tls === 'implicit' ? 'TLS' : 'STARTTLS')
