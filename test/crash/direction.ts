export type Kind = 'IMAP' | 'Exchange' | 'Office 365'

export interface Direction {
  readonly from: Kind
  readonly to: Kind
  /** Mail goes as MIME: an Exchange source is a 2010 before its first service pack, which has no ExportItems; a tenant allows nobody to import and export. */
  readonly withoutStream?: true
  /** The source composes MIME anew each time, as real Exchange does. */
  readonly composesAnew?: true
  /** Both sides' mailboxes have archives, which are migrated too. */
  readonly archives?: true
  /** The target has no UIDs in answers, takes one message to a command, and literals announced one by one. */
  readonly withoutExtensions?: true
}

const all = {
  'IMAP to IMAP': { from: 'IMAP', to: 'IMAP' },
  'IMAP to bare IMAP': { from: 'IMAP', to: 'IMAP', withoutExtensions: true },
  'IMAP to Exchange': { from: 'IMAP', to: 'Exchange' },
  'IMAP to Office 365': { from: 'IMAP', to: 'Office 365' },
  'Exchange to IMAP': { from: 'Exchange', to: 'IMAP' },
  'Exchange that composes anew to IMAP': { from: 'Exchange', to: 'IMAP', composesAnew: true },
  'Exchange to Exchange by stream': { from: 'Exchange', to: 'Exchange' },
  'Exchange to Exchange by MIME': { from: 'Exchange', to: 'Exchange', withoutStream: true },
  'Exchange to Exchange with archives': { from: 'Exchange', to: 'Exchange', archives: true },
  'Exchange to Office 365': { from: 'Exchange', to: 'Office 365' },
  'Office 365 to IMAP': { from: 'Office 365', to: 'IMAP' },
  'Office 365 to Exchange': { from: 'Office 365', to: 'Exchange' },
  'Office 365 to Office 365 by import': { from: 'Office 365', to: 'Office 365' },
  'Office 365 to Office 365 with archives': { from: 'Office 365', to: 'Office 365', archives: true },
  'Office 365 to Office 365 by messages': { from: 'Office 365', to: 'Office 365', withoutStream: true },
} as const satisfies Record<string, Direction>

export type DirectionName = keyof typeof all

export const directions: Readonly<Record<DirectionName, Direction>> = all

export const directionNames = Object.keys(all).filter((name): name is DirectionName => name in all)
