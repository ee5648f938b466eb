import type { Kind } from './connection.ts'

/** What speaks for new settings leading to the organisation that was recorded. `unproven`: nothing speaks for it or against it. */
export type OrganisationEvidence = 'same' | 'different' | 'unproven'

export interface OrganisationFound {
  /** Tenant id (Office 365), DeploymentId from Autodiscover of the configured host (Exchange); absent where it can't be learned. */
  readonly organisation?: string
  /** Whether a mailbox of a known pair was found with its recorded mailbox GUID; absent where there is none or it can't be looked at. */
  readonly knownMailbox?: 'same' | 'different'
}

/**
 * Compares what a reconfigured connection leads to with what was recorded. A tenant id decides alone. Exchange needs its DeploymentId, which
 * identifies the forest, *and* a known mailbox's GUID: either alone is shared by copies, hybrid moves and defaults.
 * IMAP has nothing like it.
 */
export const compareOrganisation = (kind: Kind, recorded: string, found: OrganisationFound): OrganisationEvidence => {
  if (kind === 'imap' || found.organisation === undefined) return 'unproven'
  if (found.organisation.toLowerCase() !== recorded.toLowerCase()) return 'different'
  if (kind === 'office365') return 'same'
  return found.knownMailbox === 'same' ? 'same' : 'unproven'
}
