import type { ConnectionSettings, Office365Settings } from '../../domain/connection.ts'
import type { Wording } from '../../views/wording.ts'

/** What a connection's secret is, and how a person is asked for it; a refresh token isn't typed, but given to who signs in by a code. */
export type SecretForm =
  | { readonly as: 'text' | 'file'; readonly prompt: string }
  | { readonly as: 'code'; readonly settings: Office365Settings; readonly user: string }
  | { readonly as: 'certificate'; readonly settings: Office365Settings; readonly clientId: string }

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
        return clientId === undefined ? { as: 'text', prompt: l10n.t('Access token of {0}', user) } : { as: 'code', settings, user }
      }
      return settings.signIn.credential === 'secret'
        ? { as: 'text', prompt: l10n.t('Client secret of the application {0}', settings.signIn.clientId) }
        : { as: 'certificate', settings, clientId: settings.signIn.clientId }
  }
}
