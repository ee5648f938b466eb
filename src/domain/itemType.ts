/** What a folder holds, as people tell its items apart. */
export const itemTypes = ['mail', 'calendar', 'contacts', 'tasks', 'notes'] as const

export type ItemType = (typeof itemTypes)[number]

const classes: readonly (readonly [RegExp, ItemType])[] = [
  [/^IPF\.Appointment(\.|$)/i, 'calendar'],
  [/^IPF\.Contact(\.|$)/i, 'contacts'],
  [/^IPF\.Task(\.|$)/i, 'tasks'],
  [/^IPF\.(StickyNote|Journal)(\.|$)/i, 'notes'],
]

/** By the folder's container class ([MS-OXOSFLD] 2.2.5); mail where it has none or one that nobody knows. */
export const itemTypeOf = (containerClass: string | undefined): ItemType =>
  classes.find(([pattern]) => pattern.test(containerClass ?? ''))?.[1] ?? 'mail'
