import { dependences, exemption } from '../domainChange.ts'
import { beganAt, through } from './before.ts'
import { type ConnectionFacts, type CutoverFacts, type JobFacts, later, touchedAt } from './facts.ts'
import type { StepPart } from './step.ts'

const isReconfigured = (facts: ConnectionFacts): boolean =>
  facts.reconfiguredAt !== undefined && facts.reconfiguredAt >= (touchedAt(facts) ?? '') && facts.connection.verification.state !== 'stale'

export const declare = ({ domain, sources, targets }: CutoverFacts): StepPart[] =>
  [...sources, ...targets].map((facts): StepPart => {
    const { connection, declaredAt, foundStaleAt } = facts
    const subject = connection.name
    if (declaredAt !== undefined) return { subject, state: 'done', detail: `declared on ${declaredAt}` }
    if (connection.verification.state === 'stale' || foundStaleAt !== undefined)
      return { subject, state: 'done', detail: 'a check found it by itself' }
    if (isReconfigured(facts)) return { subject, state: 'done', detail: `reconfigured on ${facts.reconfiguredAt}` }
    const reason = exemption(connection.settings)
    if (reason !== undefined) return { subject, state: 'notNeeded', detail: reason }
    if (dependences(connection, domain).length === 0) return { subject, state: 'notNeeded', detail: `nothing of it depends on ${domain}` }
    return connection.verification.state === 'unverified'
      ? { subject, state: 'blocked', detail: 'was never verified: test it first' }
      : { subject, state: 'open', detail: `it depends on ${domain}` }
  })

export const reconfigure = (connections: readonly ConnectionFacts[], { domain }: CutoverFacts): StepPart[] =>
  connections.map((facts): StepPart => {
    const { connection, running } = facts
    const subject = connection.name
    // What it was reconfigured to may be exempt from now on.
    if (isReconfigured(facts)) return { subject, state: 'done', detail: `reconfigured on ${facts.reconfiguredAt}` }
    const reason = exemption(connection.settings)
    if (reason !== undefined) return { subject, state: 'notNeeded', detail: reason }
    if (connection.verification.state === 'stale') {
      return running.length > 0
        ? { subject, state: 'blocked', detail: `stop ${running.join(', ')} first` }
        : { subject, state: 'open', detail: connection.verification.detail }
    }
    return dependences(connection, domain).length === 0
      ? { subject, state: 'notNeeded', detail: `nothing of it depends on ${domain}` }
      : { subject, state: 'blocked', detail: 'declare the change first, once the domain moves' }
  })

/** Since when a job can go on: its connections lead where they should. Nothing where the domain hasn't moved, as far as anybody said. */
function readySince(job: JobFacts, facts: CutoverFacts): { readonly since: string } | { readonly blocked: string } {
  const own = [...facts.sources, ...facts.targets].filter(({ connection: { name } }) => name === job.source || name === job.target)
  const stale = own.filter(({ connection }) => connection.verification.state === 'stale').map(({ connection }) => connection.name)
  if (stale.length > 0) return { blocked: `reconfigure ${stale.join(' and ')} first` }
  const reconfigured = own.filter(isReconfigured).map(({ reconfiguredAt }) => reconfiguredAt)
  const since = reconfigured.reduce(later, facts.ticks.switchMx?.at) ?? beganAt(facts)
  return since === undefined ? { blocked: 'the domain hasn’t moved yet, as far as was said' } : { since }
}

const perJob = (facts: CutoverFacts, rule: (job: JobFacts, since: string) => StepPart): StepPart[] =>
  facts.jobs.map(job => {
    const ready = readySince(job, facts)
    return 'blocked' in ready ? { subject: job.name, state: 'blocked', detail: ready.blocked } : rule(job, ready.since)
  })

export const refreshAddresses = (facts: CutoverFacts): StepPart[] =>
  perJob(facts, ({ name, refreshed }, since): StepPart => {
    if (refreshed === undefined || refreshed.at < firstReconfigured(facts, since)) {
      return { subject: name, state: 'open', detail: 'not since the domain moved' }
    }
    return refreshed.unsure === 0
      ? { subject: name, state: 'done', detail: `every address is known, on ${refreshed.at}` }
      : { subject: name, state: 'open', detail: `${refreshed.unsure} mailboxes were not found, or not for certain, on ${refreshed.at}` }
  })

/** A person may tick MX hours after the addresses were refreshed: that makes no refresh old. */
const firstReconfigured = (facts: CutoverFacts, since: string): string =>
  [...facts.sources, ...facts.targets]
    .filter(isReconfigured)
    .reduce<string | undefined>((at, one) => later(at, one.reconfiguredAt), undefined) ?? since

export const delta = (facts: CutoverFacts): StepPart[] => perJob(facts, (job, since) => through(job, since, 'the domain had moved'))

export const verify = (facts: CutoverFacts): StepPart[] =>
  perJob(facts, (job, since): StepPart => {
    const { name: subject, verified } = job
    if (through(job, since, '').state === 'open') return { subject, state: 'blocked', detail: 'the delta comes first' }
    if (verified === undefined || verified.at < since) return { subject, state: 'open', detail: 'not since the domain moved' }
    return verified.different === 0
      ? { subject, state: 'done', detail: `nothing different, on ${verified.at}` }
      : { subject, state: 'open', detail: `${verified.different} items are different, on ${verified.at}` }
  })

export const endMirroring = ({ jobs }: CutoverFacts): StepPart[] =>
  jobs.map(({ name: subject, policy, cutOver }): StepPart => {
    if (policy !== 'mirror') return { subject, state: 'notNeeded', detail: 'it deletes nothing on the target' }
    return cutOver
      ? { subject, state: 'done', detail: 'it deletes nothing on the target any more' }
      : { subject, state: 'open', detail: 'it still carries deletions of the old mailboxes over' }
  })
