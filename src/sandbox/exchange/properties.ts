/** Types of `t:ExtendedFieldURI` that a property may have (the schema's `MapiPropertyTypeType`, without those that can only be restricted on). */
export type PropertyType =
  | 'ApplicationTime'
  | 'ApplicationTimeArray'
  | 'Binary'
  | 'BinaryArray'
  | 'Boolean'
  | 'CLSID'
  | 'CLSIDArray'
  | 'Currency'
  | 'CurrencyArray'
  | 'Double'
  | 'DoubleArray'
  | 'Float'
  | 'FloatArray'
  | 'Integer'
  | 'IntegerArray'
  | 'Long'
  | 'LongArray'
  | 'Short'
  | 'ShortArray'
  | 'String'
  | 'StringArray'
  | 'SystemTime'
  | 'SystemTimeArray'

/** `0x0e07` for a tagged property; `{guid}/0x8503` or `{guid}/name` for a named one, the GUID in lower case. */
export type PropertyKey = string

/** A property's value in its EWS form: base64 for `Binary`, ISO 8601 in UTC for `SystemTime`; arrays for the array types alone. */
export interface Property {
  readonly type: PropertyType
  readonly value: string | readonly string[]
}

export type Properties = Map<PropertyKey, Property>
