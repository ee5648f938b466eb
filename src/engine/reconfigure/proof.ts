import type { Connection, Recorded, Verification } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import { compareOrganisation, type OrganisationEvidence } from '../../domain/organisation.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { recordedIn } from '../../domain/refusedSignIns.ts'
import type { Call } from '../../rpc/protocol.ts'
import type { MailServer } from '../../servers/mailServer.ts'
import { verifyConnection } from '../verifyConnection.ts'
import { knownMailbox } from './knownMailbox.ts'

export interface Proof {
  readonly learned: Omit<Recorded, 'at'>
  readonly evidence: OrganisationEvidence
}

/** Opens the server of the new settings, as one of which so much is known. */
export type OpenAs = (verification: Verification) => Promise<MailServer>

/**
 * Verifies the server of new settings and compares what it belongs to with what was recorded, by its own word and by a mailbox of a known pair.
 * `connection` is as it was. Throws what the first needed check failed with.
 */
export async function proveOrganisation(open: OpenAs, connection: Connection, mailboxes: readonly Mailbox[], call: Call): Promise<Proof> {
  // What was recorded of the former address is no guide to a new one.
  const learned = await verified(await open({ state: 'unverified' }), connection, mailboxes[0]?.address, call)
  const recorded = recordedIn(connection.verification)?.organisation
  if (recorded === undefined) return { learned, evidence: 'unproven' }
  const { kind } = connection.settings
  const { organisation } = learned
  // Another organisation says so itself: nobody's mailbox has to be opened there.
  if (compareOrganisation(kind, recorded, { organisation }) === 'different') return { learned, evidence: 'different' }
  await using server = await open({ state: 'verified', recorded: { at: '', ...learned } })
  const known = await knownMailbox(server, mailboxes, call.signal)
  return {
    learned,
    evidence: compareOrganisation(kind, recorded, { organisation, ...(known === undefined ? {} : { knownMailbox: known }) }),
  }
}

/** A mailbox of a pair is only named to a server that can't be judged without: its address may be one of those that moved. */
async function verified(
  opened: MailServer,
  connection: Connection,
  mailbox: string | undefined,
  call: Call,
): Promise<Omit<Recorded, 'at'>> {
  await using server = opened
  const first = await verifyConnection(server, connection, undefined, call)
  const open = first.learned === undefined && first.failure === undefined && mailbox !== undefined
  const { learned, failure } = open ? await verifyConnection(server, connection, mailbox, call) : first
  if (learned === undefined) throw failure ?? new MailferryError('organisation.unproven', { connection: connection.name })
  return learned
}
