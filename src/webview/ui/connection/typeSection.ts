import { html, type TemplateResult } from 'lit'
import { radios, textField } from '../parts/fields.ts'
import { type Part, textOf } from './part.ts'

export function typeSection(part: Part): TemplateResult {
  const { state, set } = part
  const { words, draft, mode } = state
  const fixed = mode !== 'new'
  return html`
    ${textField({ label: words.name, hint: words.nameHint, required: true, disabled: mode === 'reconfigure', ...textOf(part, 'name') })}
    ${radios({
      label: words.role,
      value: draft.role,
      disabled: fixed,
      options: [
        { value: 'source', label: words.source },
        { value: 'target', label: words.target },
      ],
      onChange: role => set({ role }),
    })}
    ${radios({
      label: words.kind,
      value: draft.kind,
      disabled: fixed,
      hint: words.never,
      options: [
        { value: 'exchange', label: words.exchange },
        { value: 'office365', label: words.office365 },
        { value: 'imap', label: words.imap },
      ],
      onChange: kind => set({ kind }),
    })}
  `
}
