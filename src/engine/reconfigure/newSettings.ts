import type { ExchangeServer, ExchangeSettings, ImapSettings } from '../../domain/connection.ts'
import type { Params } from '../../rpc/protocol.ts'

/** A connection's settings with what a reconfiguration may change of them, and nothing else. */
export function newSettings(
  before: ImapSettings | ExchangeSettings,
  { server, admin }: Pick<Params<'connection.reconfigure'>, 'server' | 'admin'>,
): ImapSettings | ExchangeSettings {
  if (before.kind === 'imap') return before
  return {
    ...before,
    server: server === undefined ? before.server : asked(server),
    admin: { ...before.admin, user: admin ?? before.admin.user },
  }
}

const asked = (server: NonNullable<Params<'connection.reconfigure'>['server']>): ExchangeServer => {
  if (server.by !== 'autodiscover') return server
  const { by, domain, at } = server
  return { by, domain, ...(at === undefined ? {} : { at }) }
}
