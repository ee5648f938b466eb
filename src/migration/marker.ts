import { createHash } from 'node:crypto'
import type { ItemKey } from '../domain/mail.ts'
import { findConnection } from '../ledger/connections.ts'
import type { Folder, MailSession } from '../servers/mailServer.ts'
import type { PairRun } from './context.ts'

/** Tells the marker of a source item by its folder and key. */
export type MarkerOf = (from: Pick<Folder, 'id' | 'validity'>, key: ItemKey) => string

/** 160 bits, as hexadecimal digits: far more than any number of mails needs to be told apart. */
const digits = 40

/**
 * How the source's items are marked on a target that keeps markers; nothing for one that keeps none. A marker is a hash of the source's organisation, its
 * mailbox (the immutable id, the address where there is none) and the item's key, never of the job, so that a lost ledger can be rebuilt from what lies
 * in the target. A key that is a number counts within its folder only.
 */
export async function markerFor(
  { ledger, job, pair }: Pick<PairRun, 'ledger' | 'job' | 'pair'>,
  source: MailSession,
  target: MailSession,
): Promise<MarkerOf | undefined> {
  if (target.traits.marks.length === 0 && target.stamp === undefined) return undefined
  const [connection, identity] = await Promise.all([findConnection(ledger.db, job.source), source.identity()])
  const recorded = 'recorded' in connection.verification ? connection.verification.recorded : undefined
  const mailbox = identity?.id ?? pair.source.id ?? pair.source.address.toLowerCase()
  return markerOf(recorded?.organisation ?? '', mailbox)
}

export const markerOf =
  (organisation: string, mailbox: string): MarkerOf =>
  ({ id, validity }, key) =>
    createHash('sha256')
      .update(JSON.stringify([organisation.toLowerCase(), mailbox, ...(typeof key === 'number' ? [id, validity, key] : [key])]))
      .digest('hex')
      .slice(0, digits)
