import { hostKey, liesIn } from '../addresses.ts'
import type { ConnectionSettings, Kind } from '../connection.ts'
import { recordedIn } from '../refusedSignIns.ts'
import { type ConnectionFacts, type CutoverFacts, silent } from './facts.ts'
import type { StepPart, StepState, TickStep } from './step.ts'

const kindsOf = (connections: readonly ConnectionFacts[]): ReadonlySet<Kind> =>
  new Set(connections.map(({ connection: { settings } }) => settings.kind))

/** Where Exchange Online takes mail in, in the global cloud and the national ones. */
const microsoftMx = ['mail.protection.outlook.com', 'mx.microsoft', 'mail.protection.office365.us', 'mail.protection.partner.outlook.cn']

/** Only a person knows: done by a tick, of one part each so that the words say where. */
export const byPerson = (
  step: TickStep,
  connections: readonly ConnectionFacts[],
  kinds: readonly Kind[],
  { ticks }: CutoverFacts,
): StepPart[] =>
  connections.map(({ connection: { name, settings } }) => {
    if (!kinds.includes(settings.kind)) return { subject: name, state: 'notNeeded', detail: 'its kind of server knows nothing of this' }
    const tick = ticks[step]
    return tick === undefined
      ? { subject: name, state: 'open', detail: 'only you know; tick it when it is done' }
      : { subject: name, state: 'done', detail: `ticked on ${tick.at}` }
  })

/** Whether the domain is one of an organisation's, as of its last verification; what a person said later is newer. Nobody asks IMAP servers. */
export const accepted = (wanted: boolean, connections: readonly ConnectionFacts[], { domain, ticks }: CutoverFacts): StepPart[] =>
  connections.map(({ connection: { name, verification } }) => {
    const recorded = recordedIn(verification)
    const tick = wanted ? ticks.addDomain : ticks.removeDomain
    if (tick !== undefined && tick.at > (recorded?.at ?? '')) return { subject: name, state: 'done', detail: `ticked on ${tick.at}` }
    if (recorded?.acceptedDomains === undefined) return { subject: name, state: 'unknown', detail: 'its accepted domains aren’t known' }
    const has = recorded.acceptedDomains.map(hostKey).includes(hostKey(domain))
    const detail = `${domain} ${has ? 'was' : 'was not'} among its accepted domains on ${recorded.at}`
    return { subject: name, state: has === wanted ? 'done' : 'open', detail }
  })

export const switchMx = ({ domain, sources, targets, live }: CutoverFacts): StepPart[] => {
  const hosts = live?.mx?.hosts
  if (hosts === undefined) return [{ subject: domain, state: 'unknown', detail: silent(live) }]
  const to = hosts.length === 0 ? 'nowhere' : hosts.join(', ')
  return [{ subject: domain, state: leads(hosts, sources, targets), detail: `MX leads to ${to}` }]
}

/**
 * Nothing is sure of a host that belongs to neither side: a filter, or a relay, may stand before either. Exchange Online's hosts are named by the domain alone, so that
 * between two tenants they don't tell.
 */
function leads(hosts: readonly string[], sources: readonly ConnectionFacts[], targets: readonly ConnectionFacts[]): StepState {
  const at = (side: readonly ConnectionFacts[]) => hosts.some(host => side.some(({ connection }) => isOf(host, connection.settings)))
  const [old, now] = [at(sources), at(targets)]
  if (old === now) return 'unknown'
  return now ? 'done' : 'open'
}

const isOf = (host: string, settings: ConnectionSettings): boolean => {
  switch (settings.kind) {
    case 'office365':
      return microsoftMx.some(domain => liesIn(host, domain))
    case 'imap':
      return hostKey(host) === hostKey(settings.server.host)
    case 'exchange':
      return settings.server.by === 'host' && hostKey(host) === hostKey(settings.server.host)
  }
}

/** Where the domain's Autodiscover leads, told and not judged: it may stand anywhere in either company. */
export const autodiscover = ({ domain, sources, targets, ticks, live }: CutoverFacts): StepPart[] => {
  const kinds = kindsOf([...sources, ...targets])
  if (!kinds.has('exchange') && !kinds.has('office365'))
    return [{ subject: domain, state: 'notNeeded', detail: 'IMAP has no Autodiscover' }]
  const host = live?.autodiscover
  const where = host === undefined ? '' : `leads to ${host}; `
  const same = sources.filter(({ connection }) => recordedIn(connection.verification)?.discovered === host)
  if (host !== undefined && same.length > 0 && ticks.autodiscover === undefined) {
    return [
      {
        subject: domain,
        state: 'open',
        detail: `still leads to ${host}, as recorded for ${same.map(({ connection }) => connection.name).join(', ')}`,
      },
    ]
  }
  return ticks.autodiscover === undefined
    ? [{ subject: domain, state: host === undefined ? 'unknown' : 'open', detail: `${where}tick it when clients find the new servers` }]
    : [{ subject: domain, state: 'done', detail: `${where}ticked on ${ticks.autodiscover.at}` }]
}
