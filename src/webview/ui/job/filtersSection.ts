import { html, type TemplateResult } from 'lit'
import { checkbox, textArea, textField } from '../parts/fields.ts'
import { flagOf, type Part, textOf } from './part.ts'

export function filtersSection(part: Part): TemplateResult {
  const { words } = part.state
  return html`
    ${textField({ label: words.receivedFrom, hint: words.dateHint, placeholder: '2026-01-31', ...textOf(part, 'receivedFrom') })}
    ${textField({ label: words.receivedTo, hint: words.dateHint, placeholder: '2026-01-31', ...textOf(part, 'receivedTo') })}
    ${textArea({ label: words.includeFolders, hint: words.foldersHint, rows: 3, ...textOf(part, 'includeFolders') })}
    ${textArea({ label: words.excludeFolders, hint: words.foldersHint, rows: 3, ...textOf(part, 'excludeFolders') })}
    ${textField({ label: words.maxItemSize, ...textOf(part, 'maxItemSize') })}
    ${checkbox({ label: words.includeDeleted, ...flagOf(part, 'includeDeleted') })}
  `
}
