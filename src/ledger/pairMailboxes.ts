import type { ConnectionId, PairId } from '../domain/ids.ts'
import { isSame } from '../domain/isSame.ts'
import type { JournalKind } from '../domain/journalKind.ts'
import { mailboxKey } from '../domain/mailboxKey.ts'
import type { Mailbox } from '../domain/pair.ts'
import { nextChange } from './changeNumber.ts'
import { refuseTaken } from './editPairs.ts'
import { findJob } from './jobs.ts'
import { journal } from './journal.ts'
import type { Tx } from './ledger.ts'
import { getPair, pairOf } from './pairs.ts'
import type { PairRow } from './rows.ts'
import { refuseSharedTargets } from './sharedTargets.ts'

export type Side = 'source' | 'target'

/**
 * Says more, or something newer, of the mailbox that one side of a pair has always been: its id, its address. What is known of its items, and which
 * store it is, stays: nothing is migrated again because of it. Throws `pair.twice` where another pair of the job is the same mailbox, `target.shared`.
 */
export async function setMailbox(tx: Tx, id: PairId, side: Side, mailbox: Mailbox, what: JournalKind): Promise<void> {
  const before = await getPair(tx, id)
  if (isSame(before[side], mailbox)) return
  const job = await findJob(tx, before.job)
  await refuseTaken(tx, job, side, [mailbox], id)
  const text = JSON.stringify(mailbox)
  const values = side === 'source' ? { source: text, source_key: mailboxKey(mailbox) } : { target: text, target_key: mailboxKey(mailbox) }
  await tx
    .updateTable('pairs')
    .set({ ...values, change: await nextChange(tx) })
    .where('id', '=', id)
    .execute()
  if (side === 'target') await refuseSharedTargets(tx, job)
  await journal(tx, { subject: id, what, detail: { side, from: before[side], to: mailbox } })
}

/** Gives the mailboxes of a connection that are known by this address alone what the server says they are, in all jobs. Throws as `setMailbox` does. */
export async function learnMailbox(tx: Tx, connection: ConnectionId, side: Side, address: string, identity: Mailbox): Promise<void> {
  if (identity.id === undefined) return
  const { id, legacyExchangeDN, displayName } = identity
  for (const pair of await knownByAddress(tx, connection, side, address)) {
    const before = pair[side]
    const learned: Mailbox = {
      ...before,
      id,
      ...(legacyExchangeDN === undefined ? {} : { legacyExchangeDN }),
      ...(displayName === undefined ? {} : { displayName }),
    }
    await setMailbox(tx, pair.id, side, learned, 'pair.mailboxLearned')
  }
}

async function knownByAddress(tx: Tx, connection: ConnectionId, side: Side, address: string): Promise<PairRow[]> {
  const rows = await tx
    .selectFrom('pairs')
    .innerJoin('jobs', 'jobs.id', 'pairs.job')
    .selectAll('pairs')
    .where(`jobs.${side}`, '=', connection)
    .where(`pairs.${side}_key`, '=', mailboxKey({ address }))
    .execute()
  return rows.map(pairOf).filter(pair => pair[side].id === undefined)
}

/** A mailbox with the address it has today, remembering the one it had. */
export const withAddress = (mailbox: Mailbox, address: string): Mailbox => {
  const formerly = [...(mailbox.formerly ?? []), mailbox.address].filter((one, at, all) => one !== address && all.indexOf(one) === at)
  return { ...mailbox, address, formerly }
}

/** After a person accepted that another mailbox has taken this one's place: only its address is known. */
export async function forgetIdentity(tx: Tx, id: PairId, side: Side): Promise<void> {
  const { address } = (await getPair(tx, id))[side]
  await setMailbox(tx, id, side, { address }, 'pair.replacementAccepted')
}
