import { propertyOf } from '../fields/extended.ts'
import { indexedEntry } from '../fields/indexed.ts'
import type { ItemView } from '../fields/itemView.ts'
import type { Path } from '../fields/path.ts'
import { readField } from '../fields/readField.ts'
import { childText } from '../xml/tree.ts'
import type { Operand } from './restriction.ts'

/** An item's property for comparing and sorting. */
export function readItemOperand(view: ItemView, path: Path): Operand {
  if (path.kind === 'extended') {
    const property = propertyOf(view.item, path)
    return property?.type === path.type ? property.value : undefined
  }
  if (path.kind === 'indexed') return indexedEntry(view.item, path)?.entry.text
  const field = readField(path.element, view)
  if (!field || field.children.length === 0) return field?.text
  const [first] = field.children
  if (first?.name === 'Mailbox') return field.children.map(one => childText(one, 'Name') ?? '')
  return field.children.map(({ text }) => text)
}
