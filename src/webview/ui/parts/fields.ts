import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { CheckControl, ValueControl } from '../components.ts'

interface Field {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong with it and how to mend that. Spoken with the field's name, for a description can't cross the toolkit's shadow root. */
  readonly error?: string | undefined
  readonly disabled?: boolean
}

interface TextField extends Field {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly placeholder?: string
  readonly type?: 'text' | 'password'
  readonly required?: boolean
}

interface Choice<Value extends string> extends Field {
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[]
  readonly onChange: (value: Value) => void
}

/** The toolkit takes its control's name from the text once, when it is drawn first: whatever changes has to be said as `aria-label`. */
const spoken = ({ label, error }: Field): string => (error === undefined ? label : `${label}, ${error}`)

const spokenError = (error: string | undefined) => (error === undefined ? nothing : html`<span class="hidden">, ${error}</span>`)

const below = ({ hint, error }: Field): TemplateResult => html`
  ${error === undefined ? nothing : html`<p class="error" aria-hidden="true">${error}</p>`}
  ${hint === undefined ? nothing : html`<p class="hint">${hint}</p>`}
`

/** Proof of the casts below: each handler sits on its own control. */
const textOf = (event: Event): string => (event.target as ValueControl).value

export const textField = (field: TextField): TemplateResult => html`
  <div class="field">
    <vscode-text-field
      .value=${live(field.value)}
      type=${field.type ?? 'text'}
      placeholder=${field.placeholder ?? nothing}
      ?required=${field.required ?? false}
      ?disabled=${field.disabled ?? false}
      aria-label=${spoken(field)}
      aria-invalid=${field.error === undefined ? 'false' : 'true'}
      @input=${(event: Event) => field.onInput(textOf(event))}
      >${field.label}${spokenError(field.error)}</vscode-text-field
    >
    ${below(field)}
  </div>
`

export const textArea = (field: TextField & { readonly rows?: number }): TemplateResult => html`
  <div class="field">
    <vscode-text-area
      .value=${live(field.value)}
      rows=${field.rows ?? 4}
      aria-label=${spoken(field)}
      resize="vertical"
      placeholder=${field.placeholder ?? nothing}
      ?disabled=${field.disabled ?? false}
      @input=${(event: Event) => field.onInput(textOf(event))}
      >${field.label}${spokenError(field.error)}</vscode-text-area
    >
    ${below(field)}
  </div>
`

export const checkbox = (
  field: Field & { readonly checked: boolean; readonly onChange: (checked: boolean) => void },
): TemplateResult => html`
  <div class="field">
    <vscode-checkbox
      .checked=${live(field.checked)}
      ?disabled=${field.disabled ?? false}
      @change=${(event: Event) => field.onChange((event.target as CheckControl).checked)}
      >${field.label}${spokenError(field.error)}</vscode-checkbox
    >
    ${below(field)}
  </div>
`

export const radios = <Value extends string>(field: Choice<Value>): TemplateResult => html`
  <div class="field">
    <vscode-radio-group
      .value=${live(field.value)}
      orientation="vertical"
      aria-label=${spoken(field)}
      ?disabled=${field.disabled ?? false}
      @change=${(event: Event) => choose(field, textOf(event))}
    >
      <span slot="label">${field.label}${spokenError(field.error)}</span>
      ${field.options.map(
        option => html`<vscode-radio value=${option.value} ?disabled=${field.disabled ?? false}
          >${option.label}${option.hint === undefined ? nothing : html` <span class="hint">${option.hint}</span>`}</vscode-radio
        >`,
      )}
    </vscode-radio-group>
    ${below(field)}
  </div>
`

export const dropdown = <Value extends string>(field: Choice<Value>): TemplateResult => html`
  <div class="field">
    <span class="label" aria-hidden="true">${field.label}</span>
    <vscode-dropdown
      .value=${live(field.value)}
      aria-label=${spoken(field)}
      ?disabled=${field.disabled ?? false}
      @change=${(event: Event) => choose(field, textOf(event))}
    >
      ${field.options.map(option => html`<vscode-option value=${option.value}>${option.label}</vscode-option>`)}
    </vscode-dropdown>
    ${below(field)}
  </div>
`

/** A control answers with text; only one of the options it was given is taken. */
function choose<Value extends string>({ value, options, onChange }: Choice<Value>, chosen: string): void {
  const option = options.find(each => each.value === chosen)
  if (option !== undefined && option.value !== value) onChange(option.value)
}
