import type { Path } from '../fields/path.ts'
import type { ItemContent } from '../item.ts'
import { bodyTexts } from '../mime/composeMessage.ts'
import type { XmlElement } from '../xml/tree.ts'
import { EwsError } from './ewsError.ts'

const lists = new Set(['ToRecipients', 'CcRecipients', 'BccRecipients', 'ReplyTo', 'RequiredAttendees', 'OptionalAttendees', 'Resources'])

/** What is there with something behind it, for the few fields that allow it. */
export function appended(content: ItemContent, path: Path, value: XmlElement): XmlElement {
  if (path.kind !== 'field') throw new EwsError('ErrorInvalidPropertyAppend', 'Append action is not supported for this property.')
  if (value.name !== path.element) throw new EwsError('ErrorUpdatePropertyMismatch')
  if (lists.has(value.name)) return { ...value, children: [...(content.elements.get(value.name)?.children ?? []), ...value.children] }
  if (value.name !== 'Body') throw new EwsError('ErrorInvalidPropertyAppend', 'Append action is not supported for this property.')
  const { text, html } = bodyTexts(content)
  const before = value.attributes['BodyType'] === 'HTML' ? html : text
  return { ...value, text: (before ?? '') + value.text }
}
