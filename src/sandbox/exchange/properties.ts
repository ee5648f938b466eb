/** Types of `t:ExtendedFieldURI` that a property may have (the schema's `MapiPropertyTypeType`, without those that can only be restricted on). */
export const propertyTypes = [
  'ApplicationTime',
  'ApplicationTimeArray',
  'Binary',
  'BinaryArray',
  'Boolean',
  'CLSID',
  'CLSIDArray',
  'Currency',
  'CurrencyArray',
  'Double',
  'DoubleArray',
  'Float',
  'FloatArray',
  'Integer',
  'IntegerArray',
  'Long',
  'LongArray',
  'Short',
  'ShortArray',
  'String',
  'StringArray',
  'SystemTime',
  'SystemTimeArray',
] as const

export type PropertyType = (typeof propertyTypes)[number]

/** `0x0e07` for a tagged property; `{guid}/0x8503` or `{guid}/name` for a named one, the GUID in lower case. */
export type PropertyKey = string

/** A property's value in its EWS form: base64 for `Binary`, ISO 8601 in UTC for `SystemTime`; arrays for the array types alone. */
export interface Property {
  readonly type: PropertyType
  readonly value: string | readonly string[]
}

export type Properties = Map<PropertyKey, Property>

/** Property sets (MS-OXPROPS 1.3.2) by the names the schema has for them. */
export const propertySets = {
  Meeting: '6ed8da90-450b-101b-98da-00aa003f1305',
  Appointment: '00062002-0000-0000-c000-000000000046',
  Common: '00062008-0000-0000-c000-000000000046',
  PublicStrings: '00020329-0000-0000-c000-000000000046',
  Address: '00062004-0000-0000-c000-000000000046',
  InternetHeaders: '00020386-0000-0000-c000-000000000046',
  CalendarAssistant: '11000e07-b51b-40d6-af21-caa85edab1d0',
  UnifiedMessaging: '4442858e-a9e3-4e80-b900-317a210cc15b',
  Task: '00062003-0000-0000-c000-000000000046',
  Sharing: '00062040-0000-0000-c000-000000000046',
} as const

/** Properties this server itself reads or writes (MS-OXPROPS's names without `Pid…`). */
export const keys = {
  importance: '0x0017',
  messageClass: '0x001a',
  deliveryReceiptRequested: '0x0023',
  readReceiptRequested: '0x0029',
  sensitivity: '0x0036',
  subject: '0x0037',
  clientSubmitTime: '0x0039',
  conversationTopic: '0x0070',
  conversationIndex: '0x0071',
  transportHeaders: '0x007d',
  senderName: '0x0c1a',
  senderAddress: '0x0c1f',
  displayBcc: '0x0e02',
  displayCc: '0x0e03',
  displayTo: '0x0e04',
  deliveryTime: '0x0e06',
  messageFlags: '0x0e07',
  messageSize: '0x0e08',
  hasAttachments: '0x0e1b',
  internetArticleNumber: '0x0e23',
  recordKey: '0x0ff9',
  entryId: '0x0fff',
  body: '0x1000',
  html: '0x1013',
  internetMessageId: '0x1035',
  references: '0x1039',
  inReplyTo: '0x1042',
  flagStatus: '0x1090',
  flagCompleteTime: '0x1091',
  displayName: '0x3001',
  creationTime: '0x3007',
  lastModificationTime: '0x3008',
  searchKey: '0x300b',
  containerClass: '0x3613',
  contentCount: '0x3602',
  contentUnreadCount: '0x3603',
  subfolders: '0x360a',
  articleNumberNext: '0x6751',
  folderSize: '0x0e08',
  keywords: `${propertySets.PublicStrings}/Keywords`,
  appointmentStart: `${propertySets.Appointment}/0x820d`,
  appointmentEnd: `${propertySets.Appointment}/0x820e`,
  taskStartDate: `${propertySets.Task}/0x8104`,
  taskDueDate: `${propertySets.Task}/0x8105`,
  taskDateCompleted: `${propertySets.Task}/0x810f`,
} as const

/** Bits of PidTagMessageFlags (MS-OXCMSG 2.2.1.6). */
export const messageFlags = { read: 0x1, unmodified: 0x2, submitted: 0x4, unsent: 0x8, hasAttachments: 0x10, fromMe: 0x20 } as const

/** A property's single value; undefined where there is none. */
export function textOf(properties: Properties, key: PropertyKey): string | undefined {
  const value = properties.get(key)?.value
  return typeof value === 'string' ? value : undefined
}

export const flagsOf = (properties: Properties): number => Number(textOf(properties, keys.messageFlags) ?? 0)

export const setFlags = (properties: Properties, flags: number): unknown =>
  properties.set(keys.messageFlags, { type: 'Integer', value: String(flags) })

/** `SystemTime`'s form: UTC, whole seconds as EWS gives them. */
export const systemTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
