import type { ImapFlow, ListResponse, NamespaceObject } from 'imapflow'
import type { FolderRole } from '../../domain/mail.ts'
import type { Folder } from '../mailServer.ts'
import { classifyCommandError } from './connectErrors.ts'
import { namespaceOf } from './handOver.ts'
import { idOfWireName, type Namespace, pathOfId } from './names.ts'

/** A folder as LIST shows it. */
export interface ListedFolder extends Pick<Folder, 'id' | 'path' | 'role' | 'selectable'> {
  /** Always true for INBOX: imapflow doesn't tell otherwise. */
  readonly subscribed: boolean
  /** No folder can be made below this one (`\Noinferiors`). */
  readonly childless: boolean
  /** Present where the server has LIST-STATUS (RFC 5819); else it is to be asked for by STATUS. */
  readonly status?: FolderStatus
}

/** What STATUS tells (RFC 3501 7.2.4, RFC 7162 3.1.2.2); `modseq` in decimal, absent or 0 where the folder keeps none. */
export interface FolderStatus {
  readonly messages: number
  readonly uidValidity: string
  readonly uidNext?: number
  readonly modseq?: string
}

/**
 * The folders of the signed-in user's own namespace, in one command where the server has LIST-STATUS. imapflow knows the servers that
 * misunderstand RETURN options, lack LSUB or announce what they don't have, and the names of Sent and its like in many languages.
 */
export async function listFolders(client: ImapFlow): Promise<readonly ListedFolder[]> {
  const statusQuery = client.capabilities.has('LIST-STATUS')
    ? { messages: true, uidNext: true, uidValidity: true, highestModseq: true }
    : undefined
  let entries: ListResponse[]
  try {
    entries = await client.list(statusQuery && { statusQuery })
  } catch (error) {
    throw classifyCommandError({ host: client.host, command: 'LIST' }, error, client)
  }
  const namespace = namespaceOf(client)
  const foreign = foreignPrefixes(client)
  const folders = new Map<string, ListedFolder>()
  for (const entry of entries) {
    if (entry.pathAsListed === '' || foreign.some(prefix => belongsTo(entry.pathAsListed, prefix))) continue
    const folder = listedFolder(entry, namespace)
    // A server may list INBOX twice: as such, and in the case in which it was made.
    if (!folders.has(folder.id)) folders.set(folder.id, folder)
  }
  return [...folders.values()]
}

/** Other users' and shared folders aren't this mailbox's (RFC 2342). A prefix that is empty would be everything. */
function foreignPrefixes({ namespaces }: ImapFlow): readonly NamespaceObject[] {
  return [...(namespaces?.other || []), ...(namespaces?.shared || [])].filter(({ prefix }) => prefix !== '')
}

const belongsTo = (name: string, { prefix, delimiter }: NamespaceObject): boolean =>
  name.startsWith(prefix) || (delimiter != null && name === prefix.slice(0, -delimiter.length))

function listedFolder(entry: ListResponse, namespace: Namespace): ListedFolder {
  const attributes = new Set([...entry.flags].map(flag => flag.toLowerCase()))
  const id = idOfWireName(entry.pathAsListed, namespace.utf8)
  const delimiter = entry.delimiter || undefined
  const path = pathOfId(id, { ...namespace, delimiter: delimiter ?? namespace.delimiter })
  const selectable = !attributes.has('\\noselect') && !attributes.has('\\nonexistent')
  const role = selectable ? roleOf(entry, path) : undefined
  const status = statusOf(entry)
  return {
    id,
    path,
    ...(role && { role }),
    selectable,
    // Absent where LIST-EXTENDED left the attribute out.
    subscribed: entry.subscribed === true,
    childless: attributes.has('\\noinferiors') || delimiter === undefined,
    ...(selectable && status && { status }),
  }
}

const roles: Readonly<Record<string, FolderRole>> = {
  '\\Inbox': 'inbox',
  '\\Sent': 'sent',
  '\\Drafts': 'drafts',
  '\\Trash': 'deleted',
  '\\Junk': 'junk',
  '\\Archive': 'archive',
}

/** By SPECIAL-USE (RFC 6154); by its name only where such folders lie, for `Projects/Sent` is nobody's Sent. */
function roleOf({ specialUse = '', specialUseSource }: ListResponse, path: readonly string[]): FolderRole | undefined {
  const [top = ''] = path
  const usual = path.length === 1 || (path.length === 2 && /^(INBOX|\[Gmail\]|\[Google Mail\])$/i.test(top))
  return specialUseSource === 'name' && !usual ? undefined : roles[specialUse]
}

function statusOf({ status }: ListResponse): FolderStatus | undefined {
  if (status?.messages === undefined || status.uidValidity === undefined) return undefined
  return {
    messages: status.messages,
    uidValidity: String(status.uidValidity),
    ...(status.uidNext !== undefined && { uidNext: status.uidNext }),
    ...(status.highestModseq !== undefined && { modseq: String(status.highestModseq) }),
  }
}

/** The port's folder. `status` is absent where the folder can't be selected, or its status can't be had: opening it will tell why. */
export function folderOf({ id, path, role, selectable, subscribed }: ListedFolder, status: FolderStatus | undefined): Folder {
  const version = status && versionOf(status)
  return {
    id,
    path,
    ...(role && { role }),
    selectable,
    subscribed,
    count: status?.messages ?? 0,
    validity: status?.uidValidity ?? '',
    ...(version !== undefined && { version }),
    ...(status?.uidNext !== undefined && { next: status.uidNext }),
  }
}

/** Without mod-sequences a changed flag leaves no trace. They alone would do, but not every server raises them when a message goes. */
function versionOf({ messages, uidValidity, uidNext, modseq }: FolderStatus): string | undefined {
  return modseq === undefined || modseq === '0' ? undefined : [uidValidity, modseq, uidNext ?? '', messages].join('.')
}
