/**
 * Reads a JSON column. The ledger wrote it from the very type it is read as (each column has one pair of codec functions),
 * and the schema's version guards it: that is the proof the cast stands on.
 */
export const parse = <T>(text: string): T => JSON.parse(text) as T

export const parseOrNothing = <T>(text: string | null): T | undefined => (text === null ? undefined : parse<T>(text))

/** JSON text, or null for nothing. */
export const stringifyOrNull = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value))

/** `{ key: value }`, or nothing at all where there is no value: what `exactOptionalPropertyTypes` asks of optional properties. */
export const optional = <Key extends string, Value>(key: Key, value: Value | null | undefined): { readonly [K in Key]?: Value } =>
  value === null || value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: Value })
