import { html, nothing } from 'lit'
import type { JobField } from '../../job/draft.ts'
import type { JobWizardMessage, JobWizardState } from '../../job/messages.ts'

type Draft = JobWizardState['draft']

/** What only the page knows: what is typed and chosen but not sent yet. */
export interface Local {
  search: string
  rowFilter: string
  readonly picked: Set<string>
}

export interface Part {
  readonly state: JobWizardState
  readonly local: Local
  set(fields: Partial<Draft>): void
  send(message: JobWizardMessage): void
  redraw(): void
}

type TextOf = { [Field in JobField]: string extends Draft[Field] ? Field : never }[JobField]
type FlagOf = { [Field in JobField]: Draft[Field] extends boolean ? Field : never }[JobField]

export const textOf = ({ state: { draft, problems }, set }: Part, field: TextOf) => ({
  value: draft[field],
  error: problems[field],
  onInput: (value: string) => set({ [field]: value }),
})

export const flagOf = ({ state: { draft, problems }, set }: Part, field: FlagOf) => ({
  checked: draft[field],
  error: problems[field],
  onChange: (checked: boolean) => set({ [field]: checked }),
})

/** What is wrong with several controls together, below them. */
export const errorText = (error: string | undefined) => (error === undefined ? nothing : html`<p class="error" role="alert">${error}</p>`)
