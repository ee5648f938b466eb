import type { ConnectionSettings } from '../../domain/connection.ts'
import type { ConnectionDraft } from './draft.ts'
import { exchangeServerOf, office365SignInOf } from './planOf.ts'

/** A draft as connections are spoken of in rows and summaries; not for saving, since nothing of it is checked. */
export function settingsOf(draft: ConnectionDraft): ConnectionSettings {
  if (draft.kind === 'exchange') {
    return {
      kind: 'exchange',
      server: exchangeServerOf(draft),
      admin: { user: draft.admin.trim(), method: draft.method, access: draft.access },
    }
  }
  if (draft.kind === 'office365') return { kind: 'office365', cloud: draft.cloud, signIn: office365SignInOf(draft) }
  const { tls, signIn, imapUser: user, separator } = draft
  return {
    kind: 'imap',
    server: { host: draft.imapHost.trim(), port: Number(draft.port) || (tls === 'implicit' ? 993 : 143), tls },
    signIn:
      signIn === 'authzid'
        ? { method: 'admin', user, actAs: 'authzid' }
        : signIn === 'separator'
          ? { method: 'admin', user, actAs: 'separator', separator }
          : { method: signIn },
  }
}
