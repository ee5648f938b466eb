import { domainOf, hostKey } from '../../domain/addresses.ts'
import type { Connection } from '../../domain/connection.ts'
import { dependences, domainsOf } from '../../domain/domainChange.ts'
import type { Job } from '../../domain/job.ts'
import { recordedIn } from '../../domain/refusedSignIns.ts'
import { isTenantUser } from '../../domain/staleness.ts'
import { listTicks } from '../../ledger/cutoverTicks.ts'
import type { JournalDetail } from '../../ledger/journal.ts'
import { parse } from '../../ledger/json.ts'
import type { Reader } from '../../ledger/ledger.ts'
import { mailboxesOf } from '../mailboxesOf.ts'

/**
 * Domains whose cutover there is something to say of: declared, ticked, or depended on by a source connection or a mailbox of it; what only a target has moves nowhere.
 * A tenant's own never move.
 */
export async function knownDomains(db: Reader, connections: readonly Connection[]): Promise<readonly string[]> {
  const declared = await db.selectFrom('journal').select('detail').where('what', '=', 'domain.declared').execute()
  const sources = connections.filter(({ role }) => role === 'source')
  const mailboxes = await Promise.all(sources.map(connection => mailboxesOf(db, connection)))
  const domains = [
    ...declared.flatMap(({ detail }) => (detail === null ? [] : [String(parse<JournalDetail>(detail)['domain'])])),
    ...(await listTicks(db)).map(({ domain }) => domain),
    ...sources.flatMap(domainsOf),
    ...mailboxes.flat().flatMap(({ address, formerly = [] }) => [address, ...formerly].flatMap(one => domainOf(one) ?? [])),
  ]
  return [...new Set(domains.map(hostKey))].filter(domain => !isTenantUser(`x@${domain}`)).sort()
}

/** The jobs that a domain's cutover is about: those with a connection that depends on it, or had it, or whose source mailboxes have an address in it. */
export async function jobsOf(
  db: Reader,
  domain: string,
  connections: readonly Connection[],
  jobs: readonly Job[],
): Promise<readonly Job[]> {
  const concerned = new Set<string>()
  for (const connection of connections) {
    const accepted = recordedIn(connection.verification)?.acceptedDomains ?? []
    const depends = dependences(connection, domain).length > 0 || accepted.map(hostKey).includes(domain)
    const addresses = connection.role === 'source' && !depends ? await mailboxesOf(db, connection) : []
    const had = addresses.some(({ address, formerly = [] }) => [address, ...formerly].some(one => domainOf(one) === domain))
    if (depends || had) concerned.add(connection.id)
  }
  return jobs.filter(({ source, target }) => concerned.has(source) || concerned.has(target))
}
