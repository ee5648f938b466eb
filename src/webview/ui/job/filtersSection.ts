import { html, type TemplateResult } from 'lit'
import { itemTypes } from '../../../domain/itemType.ts'
import { checkbox, textArea, textField } from '../parts/fields.ts'
import { errorText, flagOf, type Part, textOf } from './part.ts'
import { placements } from './placements.ts'

export function filtersSection(part: Part): TemplateResult {
  const { words } = part.state
  return html`
    ${textField({ label: words.receivedFrom, hint: words.dateHint, placeholder: '2026-01-31', ...textOf(part, 'receivedFrom') })}
    ${textField({ label: words.receivedTo, hint: words.dateHint, placeholder: '2026-01-31', ...textOf(part, 'receivedTo') })}
    ${types(part)}
    ${textArea({ label: words.includeFolders, hint: words.foldersHint, rows: 3, ...textOf(part, 'includeFolders') })}
    ${textArea({ label: words.excludeFolders, hint: words.foldersHint, rows: 3, ...textOf(part, 'excludeFolders') })}
    ${textField({ label: words.maxItemSize, ...textOf(part, 'maxItemSize') })}
    ${checkbox({ label: words.includeDeleted, ...flagOf(part, 'includeDeleted') })}
    ${placements(part)}
  `
}

function types({ state: { words, draft, problems }, set }: Part): TemplateResult {
  const choose = (type: (typeof itemTypes)[number], on: boolean): void =>
    set({ itemTypes: itemTypes.filter(one => (one === type ? on : draft.itemTypes.includes(one))) })
  return html`
    <fieldset>
      <legend>${words.itemTypes}</legend>
      <div class="actions">
        ${itemTypes.map(type =>
          checkbox({ label: words.types[type], checked: draft.itemTypes.includes(type), onChange: on => choose(type, on) }),
        )}
      </div>
      ${errorText(problems.itemTypes)}
    </fieldset>
  `
}
