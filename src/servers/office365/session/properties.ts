/**
 * MAPI properties by the ids that Graph gives them ("extended-properties-overview"), with their canonical names ([MS-OXPROPS]).
 */
export const property = {
  messageClass: 'String 0x001A',
  subject: 'String 0x0037',
  clientSubmitTime: 'SystemTime 0x0039',
  transportMessageHeaders: 'String 0x007D',
  messageDeliveryTime: 'SystemTime 0x0E06',
  /** Taken at creation only. Bits: 0x1 read, 0x8 unsent; without the second a message is no draft. */
  messageFlags: 'Integer 0x0E07',
  messageSize: 'Integer 0x0E08',
  internetReferences: 'String 0x1039',
  internetMessageId: 'String 0x1035',
  inReplyTo: 'String 0x1042',
  iconIndex: 'Integer 0x1080',
  /** 102 replied, 103 replied to all, 104 forwarded. */
  lastVerbExecuted: 'Integer 0x1081',
  /** 1 completed, 2 flagged. */
  flagStatus: 'Integer 0x1090',
  attributeHidden: 'Boolean 0x10F4',
  searchKey: 'Binary 0x300B',
  /** 0 the root, 1 a folder of items, 2 a search folder. */
  folderType: 'Integer 0x3601',
  globalObjectId: 'Binary {6ed8da90-450b-101b-98da-00aa003f1305} Id 0x3',
  /** Which source item a written one was made from: the same property as on Exchange, made once and never to change. */
  marker: 'String {b652d3d7-8e65-4de2-aeb9-3219afd232e4} Name MailferrySource',
} as const

export type PropertyId = (typeof property)[keyof typeof property]

export interface ExtendedValue {
  readonly id: string
  readonly value: string
}

/** Graph answers ids in a spelling of its own: without leading zeros, in either case. A name keeps its case. */
const canonical = (id: string): string => {
  const [, head = id, name = ''] = /^(.*?\bname )(.*)$/is.exec(id) ?? []
  return head.toLowerCase().replace(/\b0x0*(?=[0-9a-f])/g, '0x') + name
}

const canonicalIds = new Map<string, string>(Object.values(property).map(id => [id, canonical(id)]))

interface Extended {
  readonly singleValueExtendedProperties?: readonly ExtendedValue[] | null | undefined
}

/** An extended property's value in an entity; absent where it has none, or wasn't asked for. */
export const extendedText = (entity: Extended, id: PropertyId): string | undefined =>
  entity.singleValueExtendedProperties?.find(one => canonical(one.id) === canonicalIds.get(id))?.value

export function extendedNumber(entity: Extended, id: PropertyId): number | undefined {
  const value = Number(extendedText(entity, id) ?? Number.NaN)
  return Number.isFinite(value) ? value : undefined
}

/** Milliseconds since the epoch. */
export function extendedTime(entity: Extended, id: PropertyId): number | undefined {
  const value = Date.parse(extendedText(entity, id) ?? '')
  return Number.isNaN(value) ? undefined : value
}

/** `$expand` of some extended properties: Graph gives none that isn't named ("singlevaluelegacyextendedproperty-get"). */
export const expanding = (ids: readonly PropertyId[]): string =>
  `singleValueExtendedProperties($filter=${ids.map(id => `id eq '${id}'`).join(' or ')})`
