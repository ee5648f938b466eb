import type { ConnectionSettings } from '../../domain/connection.ts'
import type { Wording } from '../../views/wording.ts'

/** What a connection's secret is, and how a person is asked for it. */
export interface SecretForm {
  readonly as: 'text' | 'file'
  readonly prompt: string
}

export function secretForm({ l10n }: Wording, settings: ConnectionSettings): SecretForm {
  switch (settings.kind) {
    case 'imap':
      if (settings.signIn.method === 'admin') return { as: 'text', prompt: l10n.t('Password of {0}', settings.signIn.user) }
      return settings.signIn.method === 'mailbox'
        ? { as: 'file', prompt: l10n.t('CSV file with the header mailbox,user,password') }
        : { as: 'file', prompt: l10n.t('CSV file with the header mailbox,user,token') }
    case 'exchange':
      return { as: 'text', prompt: l10n.t('Password of {0}', settings.admin.user) }
    case 'office365':
      if (settings.signIn.method === 'admin') {
        const { user, clientId } = settings.signIn
        return { as: 'text', prompt: clientId === undefined ? l10n.t('Access token of {0}', user) : l10n.t('Refresh token of {0}', user) }
      }
      return settings.signIn.credential === 'secret'
        ? { as: 'text', prompt: l10n.t('Client secret of the application {0}', settings.signIn.clientId) }
        : { as: 'file', prompt: l10n.t('PEM file with the certificate and private key of the application {0}', settings.signIn.clientId) }
  }
}
