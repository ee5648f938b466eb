import { type ItemFlags, itemFlags } from '../../mapi/flags.ts'
import type { XmlNode } from '../soap/node.ts'
import { type ExtendedProperty, properties } from '../soap/properties.ts'
import { element, textElement } from '../soap/xml.ts'
import { extendedProperty, followUpValues, lastVerbValues, type Value } from './newItem.ts'
import { itemId, type Property, propertyUri } from './operations.ts'

/** Items that can be read or unread; a contact or an appointment can't. */
const readable = new Set(['Message', 'PostItem', 'MeetingMessage', 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation'])

const set = (name: string, property: Property, content: string): string =>
  element('t:SetItemField', {}, propertyUri(property), element(`t:${name}`, {}, content))

const unset = (property: Property): string => element('t:DeleteItemField', {}, propertyUri(property))

const setValue = (value: Value): string => set('Item', value.property, extendedProperty(value))

/** Properties that a follow-up flag may have left. */
const followUpTraces: readonly ExtendedProperty[] = [
  properties.flagStatus,
  properties.flagCompleteTime,
  properties.followupIcon,
  properties.toDoItemFlags,
  properties.taskStatus,
  properties.percentComplete,
  properties.taskComplete,
  properties.taskStartDate,
  properties.taskDueDate,
  properties.taskDateCompleted,
  properties.commonStart,
  properties.commonEnd,
]

/** A `t:ItemChange` that gives an item these flags; undefined where it has them. `now`: the item as it was answered. A draft stays one: that is decided at creation. */
export function flagsChange(id: string, now: XmlNode, from: readonly string[], to: readonly string[]): string | undefined {
  const [before, after] = [itemFlags(from), itemFlags(to)]
  const updates = [
    ...(readable.has(now.name) && before.seen !== after.seen ? [set(now.name, 'message:IsRead', textElement('t:IsRead', after.seen))] : []),
    ...categoryUpdates(before, after),
    ...followUpUpdates(before, after),
    ...(before.lastVerb === after.lastVerb ? [] : verbUpdates(after)),
  ]
  return updates.length === 0 ? undefined : element('t:ItemChange', {}, itemId(id), element('t:Updates', {}, ...updates))
}

function categoryUpdates(before: ItemFlags, after: ItemFlags): string[] {
  const same = before.categories.length === after.categories.length && before.categories.every(one => after.categories.includes(one))
  if (same) return []
  if (after.categories.length === 0) return [unset('item:Categories')]
  const list = element('t:Categories', {}, ...after.categories.map(category => textElement('t:String', category)))
  return [set('Item', 'item:Categories', list)]
}

/** Dates are kept where a flag only changes its state. */
function followUpUpdates(before: ItemFlags, after: ItemFlags): string[] {
  if (before.followUp === after.followUp) return []
  return after.followUp === 'none' ? followUpTraces.map(unset) : followUpValues(after.followUp, undefined).map(setValue)
}

function verbUpdates({ lastVerb }: ItemFlags): string[] {
  return lastVerb === undefined ? [unset(properties.lastVerbExecuted), unset(properties.iconIndex)] : lastVerbValues(lastVerb).map(setValue)
}

/** A `t:ItemChange` that gives an item its marker. */
export const markerChange = (id: string, marker: string): string =>
  element('t:ItemChange', {}, itemId(id), element('t:Updates', {}, setValue({ property: properties.marker, value: marker })))
