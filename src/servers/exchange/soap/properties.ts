import { element } from './xml.ts'

/** A property that EWS has no element for. */
export interface ExtendedProperty {
  readonly type: 'Integer' | 'String' | 'SystemTime' | 'Boolean' | 'Binary' | 'Double'
  readonly tag?: string
  /** A named property: its set, and its id or name there. */
  readonly set?: { readonly distinguished: 'Common' | 'Task' | 'Meeting' } | { readonly guid: string }
  readonly id?: number
  readonly name?: string
}

/** By their canonical names ([MS-OXPROPS]). Tags without leading zeros, as Exchange answers them. */
export const properties = {
  /** Exchange lets it be set at creation only. Bits: 0x1 read, 0x8 unsent. */
  messageFlags: { tag: '0xe07', type: 'Integer' },
  messageDeliveryTime: { tag: '0xe06', type: 'SystemTime' },
  clientSubmitTime: { tag: '0x39', type: 'SystemTime' },
  transportMessageHeaders: { tag: '0x7d', type: 'String' },
  /** 1 complete, 2 flagged. */
  flagStatus: { tag: '0x1090', type: 'Integer' },
  flagCompleteTime: { tag: '0x1091', type: 'SystemTime' },
  /** The flag's colour; 6 is the red one of today. */
  followupIcon: { tag: '0x1095', type: 'Integer' },
  /** 0x8: a follow-up flag that isn't one of a sent item. */
  toDoItemFlags: { tag: '0xe2b', type: 'Integer' },
  /** 102 replied, 103 replied to all, 104 forwarded. */
  lastVerbExecuted: { tag: '0x1081', type: 'Integer' },
  iconIndex: { tag: '0x1080', type: 'Integer' },
  searchKey: { tag: '0x300b', type: 'Binary' },
  attributeHidden: { tag: '0x10f4', type: 'Boolean' },
  readReceiptRequested: { tag: '0x29', type: 'Boolean' },
  taskStartDate: { set: { distinguished: 'Task' }, id: 0x8104, type: 'SystemTime' },
  taskDueDate: { set: { distinguished: 'Task' }, id: 0x8105, type: 'SystemTime' },
  taskDateCompleted: { set: { distinguished: 'Task' }, id: 0x810f, type: 'SystemTime' },
  taskStatus: { set: { distinguished: 'Task' }, id: 0x8101, type: 'Integer' },
  percentComplete: { set: { distinguished: 'Task' }, id: 0x8102, type: 'Double' },
  taskComplete: { set: { distinguished: 'Task' }, id: 0x811c, type: 'Boolean' },
  commonStart: { set: { distinguished: 'Common' }, id: 0x8516, type: 'SystemTime' },
  commonEnd: { set: { distinguished: 'Common' }, id: 0x8517, type: 'SystemTime' },
  globalObjectId: { set: { distinguished: 'Meeting' }, id: 3, type: 'Binary' },
  /** Which source item a written one was made from. The set is Mailferry's own, made once and never to change: it recognises what earlier versions wrote. */
  marker: { set: { guid: 'b652d3d7-8e65-4de2-aeb9-3219afd232e4' }, name: 'MailferrySource', type: 'String' },
} as const satisfies Record<string, ExtendedProperty>

/** `t:ExtendedFieldURI`. */
export function fieldUri({ type, tag, set, id, name }: ExtendedProperty): string {
  return element('t:ExtendedFieldURI', {
    ...(set && ('guid' in set ? { PropertySetId: set.guid } : { DistinguishedPropertySetId: set.distinguished })),
    PropertyTag: tag,
    PropertyName: name,
    PropertyId: id,
    PropertyType: type,
  })
}

/** Whether an answered `t:ExtendedFieldURI` is this property's. Tags come back with or without leading zeros, GUIDs in either case. */
export function isFieldUri(attributes: Readonly<Record<string, string>>, { tag, set, id, name }: ExtendedProperty): boolean {
  if (tag !== undefined) return Number(attributes['PropertyTag']) === Number(tag)
  const ofSet =
    set === undefined ||
    ('guid' in set
      ? attributes['PropertySetId']?.toLowerCase() === set.guid
      : attributes['DistinguishedPropertySetId'] === set.distinguished ||
        attributes['PropertySetId']?.toLowerCase() === distinguishedSets[set.distinguished])
  return ofSet && (name === undefined ? Number(attributes['PropertyId']) === id : attributes['PropertyName'] === name)
}

/** [MS-OXPROPS] section 1.3.2; some answers name a set by its GUID although the request didn't. */
const distinguishedSets = {
  Common: '00062008-0000-0000-c000-000000000046',
  Task: '00062003-0000-0000-c000-000000000046',
  Meeting: '6ed8da90-450b-101b-98da-00aa003f1305',
}
