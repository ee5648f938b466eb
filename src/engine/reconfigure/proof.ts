import type { Recorded } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import { compareOrganisation, type OrganisationEvidence } from '../../domain/organisation.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { recordedIn } from '../../domain/refusedSignIns.ts'
import type { Call } from '../../rpc/protocol.ts'
import type { MailServer } from '../../servers/mailServer.ts'
import type { Connectable } from '../context.ts'
import { verifyConnection } from '../verifyConnection.ts'
import { knownMailbox } from './knownMailbox.ts'

export interface Proof {
  readonly learned: Omit<Recorded, 'at'>
  readonly evidence: OrganisationEvidence
}

/**
 * Verifies the server of new settings and compares what it belongs to with what was recorded, by its own word and by a mailbox of a known pair.
 * `connection` is as it was. Throws what the first needed check failed with.
 */
export async function proveOrganisation(
  server: MailServer,
  connection: Connectable,
  mailboxes: readonly Mailbox[],
  call: Call,
): Promise<Proof> {
  const learned = await verified(server, connection, mailboxes[0]?.address, call)
  const recorded = recordedIn(connection.verification)?.organisation
  if (recorded === undefined) return { learned, evidence: 'unproven' }
  const { kind } = connection.settings
  const { organisation } = learned
  // Another organisation says so itself: nobody's mailbox has to be opened there.
  if (compareOrganisation(kind, recorded, { organisation }) === 'different') return { learned, evidence: 'different' }
  const known = await knownMailbox(server, mailboxes, call.signal)
  return {
    learned,
    evidence: compareOrganisation(kind, recorded, { organisation, ...(known === undefined ? {} : { knownMailbox: known }) }),
  }
}

/** A mailbox of a pair is only named to a server that can't be judged without: its address may be one of those that moved. */
async function verified(
  server: MailServer,
  connection: Connectable,
  mailbox: string | undefined,
  call: Call,
): Promise<Omit<Recorded, 'at'>> {
  const first = await verifyConnection(server, connection, undefined, call)
  const open = first.learned === undefined && first.failure === undefined && mailbox !== undefined
  const { learned, failure } = open ? await verifyConnection(server, connection, mailbox, call) : first
  if (learned === undefined) throw failure ?? new MailferryError('organisation.unproven', { connection: connection.name })
  return learned
}
