import type { Connection } from './connection.ts'
import { MailferryError } from './errors.ts'
import type { ConnectionId } from './ids.ts'
import type { Job } from './job.ts'
import { mailboxKey } from './mailboxKey.ts'
import type { Mailbox, Pair } from './pair.ts'

type Pairing = Pick<Pair, 'source' | 'target'>

/** `pair.twice` for every mailbox that a job lists more than once on the same side, once each, as the second place has it. */
export const listedTwice = (job: string, pairs: Iterable<Pairing>): readonly MailferryError[] => {
  const all = [...pairs]
  return (['source', 'target'] as const).flatMap(side => {
    const seen = new Set<string>()
    const repeated = new Map<string, Mailbox>()
    for (const { [side]: mailbox } of all) {
      const key = mailboxKey(mailbox)
      if (seen.has(key) && !repeated.has(key)) repeated.set(key, mailbox)
      seen.add(key)
    }
    return [...repeated.values()].map(({ address }) => new MailferryError('pair.twice', { job, mailbox: address, side }))
  })
}

interface Writing {
  readonly job: Pick<Job, 'id' | 'name' | 'settings'>
  /** Where the job's target connection leads (`placeOf`). */
  readonly place: string
  readonly pairs: Iterable<Pairing>
}

/**
 * `target.shared` for every mailbox of a job that another job writes to as well, unless the job has the person's consent to it:
 * two engines that fill one folder would take each other's mails for their own.
 */
export const sharedTargets = ({ job, place, pairs }: Writing, others: Iterable<Writing>): readonly MailferryError[] => {
  if (job.settings.allowSharedTargets) return []
  const writers = new Map<string, string>()
  for (const other of others) {
    if (other.job.id === job.id || other.place !== place) continue
    for (const pair of other.pairs) writers.set(mailboxKey(pair.target), other.job.name)
  }
  return [...pairs].flatMap(({ target }) => {
    const otherJob = writers.get(mailboxKey(target))
    return otherJob === undefined ? [] : [new MailferryError('target.shared', { mailbox: target.address, job: job.name, otherJob })]
  })
}

/** `connection.notFound` and `connection.role` for a job whose connections aren't there or are on the wrong side. */
export const wrongConnections = (
  job: Pick<Job, 'name' | 'source' | 'target'>,
  connections: ReadonlyMap<ConnectionId, Pick<Connection, 'name' | 'role'>>,
): readonly MailferryError[] =>
  (['source', 'target'] as const).flatMap((side): MailferryError[] => {
    const connection = connections.get(job[side])
    if (connection === undefined) {
      return [new MailferryError('connection.notFound', { name: job[side], known: [...connections.values()].map(({ name }) => name) })]
    }
    return connection.role === side
      ? []
      : [new MailferryError('connection.role', { connection: connection.name, job: job.name, role: side })]
  })

/** `job.empty` for a job without pairs. */
export const refuseEmpty = (job: Pick<Job, 'name'>, pairs: Iterable<Pairing>): MailferryError | undefined => {
  for (const _ of pairs) return undefined
  return new MailferryError('job.empty', { job: job.name })
}
