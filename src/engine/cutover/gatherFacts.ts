import type { Connection } from '../../domain/connection.ts'
import type { ConnectionFacts, CutoverFacts, LiveFacts } from '../../domain/cutover/facts.ts'
import type { Job } from '../../domain/job.ts'
import { listTicks } from '../../ledger/cutoverTicks.ts'
import { optional } from '../../ledger/json.ts'
import { runningJobs } from '../../ledger/runningJobs.ts'
import type { Call } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { mailboxesOf } from '../mailboxesOf.ts'
import { type AskOptions, askAutodiscover } from './askAutodiscover.ts'
import { askMx } from './askMx.ts'
import { jobFacts } from './jobFacts.ts'
import { changeOf } from './journalFacts.ts'
import { isIn, listOthers } from './listOthers.ts'

export interface Scope {
  readonly domain: string
  readonly jobs: readonly Job[]
  readonly connections: readonly Connection[]
  readonly live: boolean
}

/** Everything that is known of a domain's cutover: from the ledger, and with `live` from DNS, Autodiscover (unauthenticated) and the listing of the source's mailboxes. */
export async function gatherFacts(context: EngineContext, { domain, jobs, connections, live }: Scope, call: Call): Promise<CutoverFacts> {
  const { db } = context.ledger
  const names = new Map(connections.map(({ id, name }) => [id, name]))
  const used = connections.filter(({ id }) => jobs.some(({ source, target }) => id === source || id === target))
  const running = await runningJobs(db)
  const facts: ConnectionFacts[] = []
  for (const connection of used) {
    const mailboxes = await mailboxesOf(db, connection)
    const source = connection.role === 'source'
    const others = live && source ? await listOthers(context, connection, domain, mailboxes, call) : undefined
    const users = mailboxes.filter(mailbox => isIn(domain, mailbox))
    facts.push({
      connection,
      ...(await changeOf(db, connection, domain)),
      running: jobs
        .filter(job => running.has(job.id) && (job.source === connection.id || job.target === connection.id))
        .map(({ name }) => name),
      users: users.map(({ address }) => address),
      formerUsers: mailboxes.filter(one => !users.includes(one) && one.formerly?.some(address => isIn(domain, { address }))).length,
      ...optional('others', others),
    })
  }
  const ticks = await listTicks(db, domain)
  return {
    domain,
    now: new Date(context.ledger.clock.now()).toISOString(),
    sources: facts.filter(({ connection }) => connection.role === 'source'),
    targets: facts.filter(({ connection }) => connection.role === 'target'),
    jobs: await Promise.all(jobs.map(job => jobFacts(db, job, names))),
    ticks: Object.fromEntries(ticks.map(({ step, at, note }) => [step, { at, ...optional('note', note) }])),
    ...(live
      ? { live: await askLive(context, domain, used, { signal: call.signal, address: facts.flatMap(({ users }) => users)[0] }) }
      : {}),
  }
}

async function askLive(
  { version }: EngineContext,
  domain: string,
  connections: readonly Connection[],
  { signal, address }: Pick<AskOptions, 'signal' | 'address'>,
): Promise<LiveFacts> {
  const [mx, autodiscover] = await Promise.all([
    askMx(domain, { signal }),
    askAutodiscover(domain, connections, { version, signal, address }),
  ])
  return { ...optional('mx', mx), ...optional('autodiscover', autodiscover) }
}
