import type { Connection, ExchangeSettings } from '../../domain/connection.ts'
import { leadsTo } from '../../servers/exchange/autodiscover/leadsTo.ts'
import { systemResolver } from '../../servers/http/resolver.ts'
import { trustOf } from '../../servers/tls/trust.ts'

/**
 * The host that a domain's Autodiscover leads to, asked without credentials; nothing where nobody answers. Whatever certificates the Exchange connections concerned
 * trust are trusted here too.
 */
export async function askAutodiscover(
  domain: string,
  connections: readonly Connection[],
  { version, signal }: { readonly version: string; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const exchange = connections.flatMap(({ settings }) => (settings.kind === 'exchange' ? [settings] : []))
  const trust = exchange.find(settings => settings.trust?.caFile !== undefined)?.trust ?? {}
  const fingerprints = exchange.flatMap(settings => settings.trust?.fingerprints ?? [])
  const lead = await leadsTo({
    network: { resolver: systemResolver, trust: trustOf(trust), fingerprints },
    userAgent: `Mailferry/${version}`,
    signal,
    domain,
    at: exchange.flatMap(atOf)[0],
    address: `postmaster@${domain}`,
  })
  return lead?.ews ?? lead?.autodiscover
}

/** The server that a person named for where DNS doesn't lead to it. */
const atOf = ({ server }: ExchangeSettings): string[] => (server.by === 'autodiscover' && server.at !== undefined ? [server.at] : [])
