import type { Connection, ExchangeSettings } from '../../domain/connection.ts'
import { leadsTo } from '../../servers/exchange/autodiscover/leadsTo.ts'
import { systemResolver } from '../../servers/http/resolver.ts'
import { trustOf } from '../../servers/tls/trust.ts'

export interface AskOptions {
  readonly version: string
  readonly signal: AbortSignal
  /** Of somebody in the domain: servers lead those whom they know further. */
  readonly address?: string | undefined
}

/**
 * The host that a domain's Autodiscover leads to, asked without credentials; nothing where nobody answers. Whatever certificates the Exchange connections concerned
 * trust are trusted here too.
 */
export async function askAutodiscover(
  domain: string,
  connections: readonly Connection[],
  { version, signal, address = `postmaster@${domain}` }: AskOptions,
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
    address,
  })
  return lead?.ews ?? lead?.autodiscover
}

/** The server that a person named for where DNS doesn't lead to it. */
const atOf = ({ server }: ExchangeSettings): string[] => (server.by === 'autodiscover' && server.at !== undefined ? [server.at] : [])
