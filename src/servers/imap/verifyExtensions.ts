import type { Role } from '../../domain/connection.ts'

interface Extension {
  /** One of these is enough. */
  readonly names: readonly string[]
  readonly side: Role | 'both'
  readonly without: string
}

/** Extensions that make a difference, and what it costs to do without. */
const extensions: readonly Extension[] = [
  { names: ['LIST-STATUS'], side: 'both', without: 'one more request for each folder' },
  { names: ['LITERAL+', 'LITERAL-'], side: 'target', without: 'a round trip more for each message' },
  { names: ['MULTIAPPEND'], side: 'target', without: 'messages are written one by one' },
  { names: ['UIDPLUS'], side: 'target', without: 'each written message is looked up once more; deletions can’t name single messages' },
  { names: ['CONDSTORE', 'QRESYNC'], side: 'source', without: 'a delta reads all flags of every folder' },
  { names: ['QRESYNC'], side: 'source', without: 'a delta lists all UIDs to see what was deleted' },
  { names: ['ESEARCH'], side: 'source', without: 'longer lists of UIDs' },
  { names: ['MOVE'], side: 'target', without: 'messages are moved by copying and deleting' },
  { names: ['SPECIAL-USE'], side: 'both', without: 'Sent, Trash and their like are told by their names' },
  { names: ['OBJECTID'], side: 'source', without: 'moves between folders are told by the messages’ content' },
  { names: ['QUOTA'], side: 'target', without: 'a mailbox that will be full isn’t foreseen' },
]

/** One line: what of these the server has, and what the lack of the others costs. `capabilities` in upper case. */
export function describeExtensions(capabilities: ReadonlySet<string>, role: Role): string {
  const relevant = extensions.filter(({ side }) => side === 'both' || side === role)
  const has = (name: string) => capabilities.has(name) || (name === 'UIDPLUS' && capabilities.has('IMAP4REV2'))
  const present = relevant.flatMap(({ names }) => names.filter(has))
  const missing = relevant.filter(({ names }) => !names.some(has)).map(({ names, without }) => `no ${names.join(' or ')} (${without})`)
  return [[...new Set(present)].join(', ') || 'none of those that help', ...missing].join('; ')
}
