import type { Connection, ExchangeServer, ExchangeTrust } from '../../domain/connection.ts'
import type { SecretReference } from '../../domain/secretReference.ts'
import type { PlanConnection } from '../../rpc/plan.ts'

/** A connection as a plan has it. */
export function planConnection({ name, role, settings }: Connection, secret: SecretReference | undefined): PlanConnection {
  const common = { name, role, ...(secret === undefined ? {} : { secret }) }
  switch (settings.kind) {
    case 'imap':
      return { ...common, kind: 'imap', server: settings.server, signIn: settings.signIn }
    case 'exchange': {
      const { server, trust, admin } = settings
      return { ...common, kind: 'exchange', server: planServer(server), ...(trust === undefined ? {} : { trust: planTrust(trust) }), admin }
    }
    case 'office365':
      return { ...common, ...settings }
  }
}

function planServer(server: ExchangeServer): Extract<PlanConnection, { kind: 'exchange' }>['server'] {
  switch (server.by) {
    case 'autodiscover': {
      const { by: _by, ...autodiscover } = server
      return { autodiscover }
    }
    case 'host':
      return { host: server.host }
    case 'url':
      return { url: server.url }
  }
}

const planTrust = ({ fingerprints, ...rest }: ExchangeTrust) => ({
  ...rest,
  ...(fingerprints === undefined ? {} : { fingerprints: [...fingerprints] }),
})
