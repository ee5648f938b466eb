import { recordedIn } from '../refusedSignIns.ts'
import { type ConnectionFacts, type CutoverFacts, type JobFacts, silent, touchedAt } from './facts.ts'
import type { StepPart } from './step.ts'

/** How long before the move a delta may lie and still be its last: longer, and a night's mail waits for the move to end. */
const freshForMs = 24 * 3600 * 1000

/** Seconds: what mail servers are made to wait at most, once MX changes. */
export const shortTtl = 3600

export const testConnections = ({ sources, targets }: CutoverFacts): StepPart[] => [...sources, ...targets].map(tested)

function tested({ connection: { name, verification } }: ConnectionFacts): StepPart {
  const recorded = recordedIn(verification)
  switch (verification.state) {
    case 'verified':
      return { subject: name, state: 'done', detail: `verified on ${verification.recorded.at}` }
    case 'stale':
      return { subject: name, state: 'done', detail: `was verified on ${verification.recorded.at}; stale since ${verification.since}` }
    case 'unreachable':
      return { subject: name, state: 'open', detail: `not reached: ${verification.cause}` }
    case 'credentialsNeeded':
      return {
        subject: name,
        state: 'open',
        detail: `its sign-in is refused${recorded === undefined ? '' : `; it was verified on ${recorded.at}`}`,
      }
    case 'unverified':
      return { subject: name, state: 'open', detail: 'was never verified, so that nothing is recorded that proves the organisation later' }
  }
}

/** The move begins with the first sign of it: a declaration, a connection found stale, a person's tick of a step of it. */
export const beganAt = ({ sources, targets, ticks }: CutoverFacts): string | undefined => {
  const { directorySync, renameUsers, removeAddresses, removeDomain, addDomain, switchMx } = ticks
  const ticked = [directorySync, renameUsers, removeAddresses, removeDomain, addDomain, switchMx].flatMap(tick => tick?.at ?? [])
  return [...[...sources, ...targets].flatMap(one => touchedAt(one) ?? []), ...ticked].sort()[0]
}

export const lastDelta = (facts: CutoverFacts): StepPart[] => {
  const began = beganAt(facts)
  const earliest = new Date(Date.parse(began ?? facts.now) - freshForMs).toISOString()
  return facts.jobs.map(job => through(job, earliest, began === undefined ? 'now' : 'the move began'))
}

/** Whether every mailbox of a job is through, and none before `since`. */
export function through({ name, pairs, completed, oldest }: JobFacts, since: string, until: string): StepPart {
  if (pairs === 0) return { subject: name, state: 'notNeeded', detail: 'has no mailboxes' }
  if (completed < pairs || oldest === undefined) {
    return { subject: name, state: 'open', detail: `${pairs - completed} of ${pairs} mailboxes are not through` }
  }
  return oldest >= since
    ? { subject: name, state: 'done', detail: `all ${pairs} mailboxes are through since ${oldest}` }
    : { subject: name, state: 'open', detail: `the oldest of its runs was on ${oldest}, too long before ${until}` }
}

export const lowerTtl = ({ domain, live }: CutoverFacts): StepPart[] => {
  const ttl = live?.mx?.ttl
  if (ttl === undefined) return [{ subject: domain, state: 'unknown', detail: silent(live) }]
  return [{ subject: domain, state: ttl <= shortTtl ? 'done' : 'open', detail: `the MX records live ${ttl} seconds` }]
}

/** Who has to be renamed on the source: a person reads it, and says so; nothing is left to read once nobody has the domain any more. */
export const whoUses = ({ domain, sources, ticks }: CutoverFacts): StepPart[] =>
  sources.map(({ connection: { name }, users, formerUsers, others = [] }) => {
    const all = [...users, ...others]
    if (all.length > 0) {
      const state = ticks.whoUses === undefined ? 'open' : 'done'
      return { subject: name, state, detail: `${all.length} with an address in ${domain}: ${some(users)}${elsewhere(others)}` }
    }
    return formerUsers > 0
      ? { subject: name, state: 'done', detail: `none of the jobs’ mailboxes has an address in ${domain} any more; ${formerUsers} had` }
      : { subject: name, state: 'notNeeded', detail: `no mailbox of the jobs has an address in ${domain}` }
  })

/** As many as a person reads at once. */
const shown = 20

const some = (addresses: readonly string[]): string => {
  const more = addresses.length - shown
  return addresses.length === 0 ? 'none in a job' : `${addresses.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const elsewhere = (others: readonly string[]): string => (others.length === 0 ? '' : `; in no job: ${some(others)}`)
