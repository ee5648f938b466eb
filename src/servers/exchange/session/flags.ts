import { flagsFrom } from '../../mapi/flags.ts'
import { descend, type XmlNode } from '../soap/node.ts'
import { properties } from '../soap/properties.ts'
import { extendedNumber } from './extendedValues.ts'
import type { Property } from './operations.ts'

/** What has to be asked for, for `flagsOf` to know. Of `message:IsRead` GetItem makes an error where the item is no message. */
export const flagProperties: readonly Property[] = [
  'item:Categories',
  properties.messageFlags,
  properties.flagStatus,
  properties.lastVerbExecuted,
]

/** An item's flags in IMAP's terms, sorted; its categories are keywords. */
export const flagsOf = (item: XmlNode): readonly string[] =>
  flagsFrom({
    bits: extendedNumber(item, properties.messageFlags) ?? 0,
    status: extendedNumber(item, properties.flagStatus),
    lastVerb: extendedNumber(item, properties.lastVerbExecuted),
    categories: descend(item, 'Categories')?.children.map(({ text }) => text) ?? [],
  })
