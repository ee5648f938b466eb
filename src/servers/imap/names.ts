import { escapeName, type NameRules } from './namesEscape.ts'
import { decodeUtf7, encodeUtf7 } from './namesUtf7.ts'

/** How names are written in a server's personal namespace (RFC 2342). */
export interface Namespace {
  /** Delimiter included, e.g. `INBOX.`; empty where there is none. In Unicode. */
  readonly prefix: string
  /** Absent where folders can't hold folders. */
  readonly delimiter: string | undefined
  /** Names travel as UTF-8 (`ENABLE UTF8=ACCEPT`, RFC 6855), not in modified UTF-7. */
  readonly utf8: boolean
}

/** Begins the id of a folder whose name isn't proper modified UTF-7: it is kept as it came, for only so the server knows it. */
const asItCame = 'wire:'

const inbox = 'INBOX'
const isInbox = (name: string): boolean => name.toUpperCase() === inbox

/**
 * A folder's id: its name in Unicode, the same whether the server speaks modified UTF-7 or UTF-8. `wire` is what the server sent, read as
 * UTF-8. INBOX is the same in any case (RFC 3501 5.1).
 */
export function idOfWireName(wire: string, utf8: boolean): string {
  if (isInbox(wire)) return inbox
  const name = utf8 ? wire : decodeUtf7(wire)
  return name === undefined || name.startsWith(asItCame) ? asItCame + wire : name
}

/** The name to send for an id, unquoted; in UTF-8 where that is on. */
export function wireNameOf(id: string, utf8: boolean): string {
  if (id.startsWith(asItCame)) return id.slice(asItCame.length)
  return utf8 ? id : encodeUtf7(id)
}

/**
 * Names from the root for an id, without the namespace's prefix: `INBOX.Sent` is `['Sent']` where the prefix is `INBOX.`.
 * The inbox alone is `['INBOX']`: a folder of that name within the prefix counts as the inbox's child.
 */
export function pathOfId(id: string, { prefix, delimiter }: Namespace): readonly string[] {
  if (isInbox(id)) return [inbox]
  const name = id.startsWith(asItCame) ? id.slice(asItCame.length) : id
  const own = prefix !== '' && startsWithPrefix(name, prefix) ? name.slice(prefix.length) : name
  if (isInbox(own)) return [inbox, own]
  return delimiter === undefined ? [own] : own.split(delimiter)
}

/** A prefix that is INBOX is INBOX in any case. */
const startsWithPrefix = (name: string, prefix: string): boolean =>
  name.startsWith(prefix) ||
  (isInbox(prefix.slice(0, inbox.length)) &&
    isInbox(name.slice(0, inbox.length)) &&
    name.slice(inbox.length).startsWith(prefix.slice(inbox.length)))

/** The id a folder of this name has below `parent`, the root where that is absent. */
export function childId(parent: string | undefined, name: string, namespace: Namespace, manner: NameRules['manner']): string {
  const { prefix, delimiter } = namespace
  const escaped = escapeName(name, { delimiter, manner })
  // Where folders can't hold folders the path becomes one name.
  if (parent !== undefined) return `${parent}${delimiter ?? '=2F'}${escaped}`
  // INBOX in any case is the inbox, so another folder can't be called that at the root.
  return prefix === '' && isInbox(name) ? `=${name.charCodeAt(0).toString(16)}${name.slice(1)}` : prefix + escaped
}
