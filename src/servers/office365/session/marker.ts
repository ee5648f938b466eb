/** What a message carries while its attachments are still being uploaded. */
const halfPrefix = 'incomplete:'

export const halfMark = (marker: string): string => `${halfPrefix}${marker}`

/** What our property says of an item; nothing where it has none. */
export function markIn(value: string | undefined): { readonly marker: string; readonly isHalf: boolean } | undefined {
  if (value === undefined) return undefined
  return value.startsWith(halfPrefix) ? { marker: value.slice(halfPrefix.length), isHalf: true } : { marker: value, isHalf: false }
}
