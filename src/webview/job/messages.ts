import { z } from 'zod'
import type { PanelKind } from '../panelKind.ts'
import type { Notice } from '../shownNotice.ts'
import { someFields } from '../someFields.ts'
import { viewTypes } from '../viewTypes.ts'
import { type JobDraft, jobDraft } from './draft.ts'
import type { JobProblems } from './judgeJob.ts'
import type { JobWords } from './words.ts'

export type JobStep = 'general' | 'sources' | 'targets' | 'filters' | 'schedule' | 'summary'

export interface ShownMailbox {
  readonly address: string
  readonly name?: string
  /** Already a mailbox of the job. */
  readonly taken: boolean
}

export interface ShownDirectory {
  readonly list: readonly ShownMailbox[]
  readonly offset: number
  readonly more: boolean
  readonly status: string
}

export interface ShownRow {
  readonly source: string
  readonly sourceName?: string
  readonly target: string
}

export interface ShownRows {
  readonly list: readonly ShownRow[]
  readonly offset: number
  readonly more: boolean
  readonly search: string
  readonly unmatched: boolean
  readonly status: string
}

export interface JobWizardState {
  readonly words: JobWords
  readonly isNew: boolean
  readonly title: string
  readonly lead: string
  readonly draft: JobDraft
  readonly edits: number
  readonly problems: JobProblems
  readonly steps: readonly { readonly id: JobStep; readonly state: 'open' | 'passed' | 'failed'; readonly spoken: string }[]
  readonly sources: readonly string[]
  readonly targets: readonly string[]
  /** The source's mailboxes may have archives. */
  readonly canHaveArchives: boolean
  /** One side's archives are reached by what Microsoft doesn't support in production. */
  readonly archivesInBeta: boolean
  /** From Exchange to Office 365, where a way of transfer may be tried that nobody documents. */
  readonly canTryUnproven: boolean
  /** The target can't list its mailboxes: an export of its administrator's says which there are. */
  readonly needsExport: boolean
  readonly directory: ShownDirectory
  /** Bad rows of the file that was chosen last. */
  readonly badRows: readonly { readonly line: number; readonly message: string }[]
  readonly fileStatus: string
  readonly matchStatus: string
  readonly ambiguous: readonly { readonly name: string; readonly sources: string; readonly targets: string }[]
  readonly rows: ShownRows
  readonly estimate: readonly string[]
  readonly busy?: string
  readonly notice?: Notice
  readonly summary: readonly { readonly label: string; readonly value: string }[]
}

const at = z.int().min(0)

const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('edit'), fields: someFields(jobDraft), edit: z.int().min(1) }),
  z.strictObject({ type: z.literal('list'), search: z.string(), offset: at }),
  z.strictObject({ type: z.literal('addListed'), addresses: z.array(z.string()).min(1) }),
  z.strictObject({ type: z.literal('addAll') }),
  z.strictObject({ type: z.literal('chooseSourceFile') }),
  z.strictObject({ type: z.literal('match'), by: z.enum(['localPart', 'displayName', 'csv', 'export']) }),
  z.strictObject({ type: z.literal('sameAddresses') }),
  z.strictObject({ type: z.literal('rows'), search: z.string(), unmatched: z.boolean(), offset: at }),
  z.strictObject({ type: z.literal('setTarget'), source: z.string(), target: z.string() }),
  z.strictObject({ type: z.literal('remove'), sources: z.array(z.string()).min(1) }),
  z.strictObject({ type: z.literal('estimate') }),
  z.strictObject({ type: z.literal('save'), start: z.boolean() }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('step'), at }),
  z.strictObject({ type: z.literal('cancel') }),
])

export type JobWizardMessage = z.infer<typeof message>

export const jobWizard: PanelKind<JobWizardState, JobWizardMessage> = { viewType: viewTypes.jobWizard, script: 'jobWizard', message }
