import type { ConnectionSettings, ExchangeServer, Office365SignIn } from '../../domain/connection.ts'
import type { Params } from '../../rpc/protocol.ts'

/** A connection's settings with what a reconfiguration may change of them, and nothing else. */
export function newSettings(
  before: ConnectionSettings,
  { server, admin }: Pick<Params<'connection.reconfigure'>, 'server' | 'admin'>,
): ConnectionSettings {
  if (before.kind === 'imap') return before
  if (before.kind === 'office365') return { ...before, signIn: signInAs(before.signIn, admin) }
  return {
    ...before,
    server: server === undefined ? before.server : asked(server),
    admin: { ...before.admin, user: admin ?? before.admin.user },
  }
}

/** Another admin, or another application in the same tenant, by its client id. */
const signInAs = (signIn: Office365SignIn, admin: string | undefined): Office365SignIn => {
  if (admin === undefined) return signIn
  return signIn.method === 'admin' ? { ...signIn, user: admin } : { ...signIn, clientId: admin }
}

const asked = (server: NonNullable<Params<'connection.reconfigure'>['server']>): ExchangeServer => {
  if (server.by !== 'autodiscover') return server
  const { by, domain, at } = server
  return { by, domain, ...(at === undefined ? {} : { at }) }
}
