import type { ConnectionField } from '../../connection/draft.ts'
import type { ConnectionWizardMessage, ConnectionWizardState } from '../../connection/messages.ts'

/** What each section is drawn from. */
export interface Part {
  readonly state: ConnectionWizardState
  set(fields: Partial<ConnectionWizardState['draft']>): void
  send(message: ConnectionWizardMessage): void
}

type Of<Value> = { [Field in ConnectionField]: ConnectionWizardState['draft'][Field] extends Value ? Field : never }[ConnectionField]
export type TextOf = { [Field in ConnectionField]: string extends ConnectionWizardState['draft'][Field] ? Field : never }[ConnectionField]
type FlagOf = Of<boolean>

/** A text field's part of a draft, for `textField`. */
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
