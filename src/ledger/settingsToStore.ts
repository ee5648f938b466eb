import type { ConnectionSettings, ExchangeServer, ExchangeTrust, ImapServer, ImapSignIn, Office365SignIn } from '../domain/connection.ts'

/**
 * Settings as the ledger keeps them, field by field: whatever else the object that was handed in carries, a password perhaps, stays out.
 */
export function settingsToStore(settings: ConnectionSettings): ConnectionSettings {
  switch (settings.kind) {
    case 'imap':
      return { kind: 'imap', server: imapServer(settings.server), signIn: imapSignIn(settings.signIn) }
    case 'exchange': {
      const { server, trust } = settings
      const { user, method, access } = settings.admin
      return {
        kind: 'exchange',
        server: exchangeServer(server),
        ...(trust !== undefined && { trust: exchangeTrust(trust) }),
        admin: { user, method, access },
      }
    }
    case 'office365': {
      const { cloud, at, trust, ews } = settings
      return {
        kind: 'office365',
        ...(cloud !== undefined && { cloud }),
        ...(at !== undefined && { at: { login: at.login, graph: at.graph, ...(at.outlook !== undefined && { outlook: at.outlook }) } }),
        ...(trust !== undefined && { trust: { ...(trust.caFile !== undefined && { caFile: trust.caFile }) } }),
        signIn: office365SignIn(settings.signIn),
        ...(ews !== undefined && { ews }),
      }
    }
  }
}

function office365SignIn(signIn: Office365SignIn): Office365SignIn {
  if (signIn.method === 'admin') {
    const { method, user, clientId } = signIn
    return { method, user, ...(clientId !== undefined && { clientId }) }
  }
  const { method, tenant, clientId, credential } = signIn
  return { method, tenant, clientId, credential }
}

const imapServer = ({ host, port, tls, allowPlaintext, fingerprint, caFile, compress }: ImapServer): ImapServer => ({
  host,
  port,
  tls,
  ...(allowPlaintext !== undefined && { allowPlaintext }),
  ...(fingerprint !== undefined && { fingerprint }),
  ...(caFile !== undefined && { caFile }),
  ...(compress !== undefined && { compress }),
})

function imapSignIn(signIn: ImapSignIn): ImapSignIn {
  switch (signIn.method) {
    case 'mailbox':
      return { method: 'mailbox' }
    case 'token':
      return { method: 'token', ...(signIn.mechanism !== undefined && { mechanism: signIn.mechanism }) }
    case 'admin': {
      const { method, user } = signIn
      return signIn.actAs === 'authzid'
        ? { method, user, actAs: 'authzid' }
        : { method, user, actAs: 'separator', separator: signIn.separator }
    }
  }
}

function exchangeServer(server: ExchangeServer): ExchangeServer {
  switch (server.by) {
    case 'autodiscover':
      return { by: 'autodiscover', domain: server.domain, ...(server.at !== undefined && { at: server.at }) }
    case 'host':
      return { by: 'host', host: server.host }
    case 'url':
      return { by: 'url', url: server.url }
  }
}

const exchangeTrust = ({ fingerprints, caFile, allowOldTls }: ExchangeTrust): ExchangeTrust => ({
  ...(fingerprints !== undefined && { fingerprints: [...fingerprints] }),
  ...(caFile !== undefined && { caFile }),
  ...(allowOldTls !== undefined && { allowOldTls }),
})
