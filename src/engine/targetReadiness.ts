import { isError, MailferryError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import { mailboxKey } from '../domain/mailboxKey.ts'
import type { Mailbox } from '../domain/pair.ts'
import type { ReadinessFinding } from '../domain/readiness.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { PairRow } from '../ledger/rows.ts'
import type { EngineEvent } from '../rpc/events.ts'
import type { MailServer } from '../servers/mailServer.ts'

export interface TargetReadiness {
  /** Why nothing can be written into a pair's target mailbox before somebody acts; nothing where it can, or where the server can't be asked. */
  refusal(pair: PairRow, signal: AbortSignal): Promise<MailferryError | undefined>
}

export interface TargetReadinessDeps {
  readonly job: Job
  readonly target: Pick<MailServer, 'readiness'>
  /** The target connection's name. */
  readonly connection: string
  readonly clock: Pick<Ledger['clock'], 'monotonic'>
  readonly emit: (event: EngineEvent) => void
}

/** So long, in milliseconds, what was found of a mailbox counts when it is tried again. */
const fresh = 15 * 60_000

/**
 * Looks at target mailboxes before the first item goes into them: what blocks stops the pair, what a person should know is told once, and so is what the server doesn't
 * tell at all. A mailbox that took items before isn't looked at again: opening it shows whether it is there.
 */
export function createTargetReadiness({ job, target, connection, clock, emit }: TargetReadinessDeps): TargetReadiness {
  const known = new Map<string, { readonly at: number; readonly findings: readonly ReadinessFinding[] }>()
  let toldUnexamined = false

  const look = async (mailbox: Mailbox, signal: AbortSignal): Promise<readonly ReadinessFinding[]> => {
    const before = known.get(mailboxKey(mailbox))
    if (before !== undefined && clock.monotonic() - before.at < fresh) return before.findings
    const all = (await target.readiness?.(mailbox, signal)) ?? []
    // Whoever migrates archives looks at them.
    const findings = job.settings.archives ? all.filter(({ about }) => about !== 'archive') : all
    const blocked = findings.some(({ state }) => state === 'blocking')
    // What was in the way may be put right by the next try.
    if (!blocked) known.set(mailboxKey(mailbox), { at: clock.monotonic(), findings })
    const attention = findings.filter(({ state }) => state === 'attention')
    if (attention.length > 0) emit({ event: 'readiness', job: job.name, target: mailbox.address, findings: attention })
    const unexamined = findings.filter(({ state }) => state === 'notExamined')
    if (unexamined.length > 0 && !toldUnexamined) {
      toldUnexamined = true
      emit({ event: 'notExamined', job: job.name, connection, what: unexamined.map(({ detail }) => detail) })
    }
    return findings
  }

  return {
    async refusal(pair, signal) {
      if (target.readiness === undefined || pair.counts.done > 0) return undefined
      const findings = await look(pair.target, signal).catch((error: unknown) => {
        // Whatever keeps it from being asked also keeps the mailbox from being opened, which says so.
        if (!isError(error)) throw error
        return []
      })
      const blocking = findings.find(({ state }) => state === 'blocking')
      if (blocking === undefined) return undefined
      const { detail, look: line } = blocking
      return new MailferryError('mailbox.notReady', {
        mailbox: pair.target.address,
        connection,
        reason: detail,
        ...(line === undefined ? {} : { look: line }),
      })
    },
  }
}
