import type { Role } from '../domain/connection.ts'
import type { ConnectionId, JobId } from '../domain/ids.ts'

/** What the connection wizard is opened for; the same panel, with what may change in each. */
export type ConnectionWizardMode =
  | { readonly mode: 'new'; readonly role: Role }
  | { readonly mode: 'edit' | 'reconfigure'; readonly connection: ConnectionId }

export type JobWizardMode = { readonly mode: 'new' } | { readonly mode: 'edit'; readonly job: JobId }

/** The panels that commands open. One that is open already is shown again, with what was typed in it. */
export interface Panels {
  openConnectionWizard(mode: ConnectionWizardMode): Promise<void>
  openJobWizard(mode: JobWizardMode): Promise<void>
  openDashboard(): Promise<void>
  openCutoverChecklist(): Promise<void>
}
