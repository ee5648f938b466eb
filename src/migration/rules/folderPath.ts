const inbox = 'INBOX'

/** INBOX is the same in any case (RFC 9051 section 5.1), and servers treat it so as a parent too. */
export const normalInbox = (path: readonly string[]): readonly string[] => {
  const [first, ...rest] = path
  return first !== undefined && first.toUpperCase() === inbox ? [inbox, ...rest] : path
}

export const isInbox = (path: readonly string[]): boolean => path.length === 1 && path[0]?.toUpperCase() === inbox

export interface PathRules {
  /** Whether the server takes `Work` and `work` for two folders; IMAP servers mostly do, Exchange does not. */
  readonly caseSensitive: boolean
}

/**
 * Equal for paths that the server would take for the same folder. Names are compared in Unicode's composed form (NFC), since servers
 * normalise them (RFC 9051 section 5.1 wants Net-Unicode).
 */
export const pathKey = (path: readonly string[], { caseSensitive }: PathRules): string => {
  const names = normalInbox(path).map(name => name.normalize('NFC'))
  return JSON.stringify(caseSensitive ? names : names.map(name => name.toUpperCase().toLowerCase()))
}
