import { createHash } from 'node:crypto'
import type { ListedFolder } from './folders.ts'
import { childId, type Namespace } from './names.ts'
import { escapeName, type NameRules, unescapeName } from './namesEscape.ts'

/** A target folder that is known: listed, or just made. */
export type KnownFolder = Pick<ListedFolder, 'id' | 'path' | 'selectable' | 'subscribed' | 'childless'>

type Path = readonly string[]

/** Which folders a target has, by the paths they were wanted under, and which id another would get. */
export interface FolderIndex {
  /** The folder for this path: the one called so, else the one whose name was escaped from it. */
  find(path: Path): KnownFolder | undefined
  byId(id: string): KnownFolder | undefined
  /** A folder the server may take for this one: the same but for case or Unicode's composition (RFC 9051 5.1). */
  lookalike(id: string): KnownFolder | undefined
  /** The id to make the folder under, below the folder its parent has become. */
  idFor(path: Path, manner: NameRules['manner']): string
  /** A short name at the root for a path whose names together are too much for the server; tells nothing but the last of them. */
  shortIdFor(path: Path): string
  /** Whether a folder lies below this id, so that there must be something of that name. */
  holdsOthers(id: string): boolean
  /** From now on `path` is this folder. */
  settle(path: Path, folder: KnownFolder): void
}

const keyOf = (path: Path): string => JSON.stringify(path)
const likeKey = (id: string): string => id.normalize('NFC').toUpperCase().toLowerCase()

export function indexFolders(folders: readonly KnownFolder[], namespace: Namespace): FolderIndex {
  const ids = new Map(folders.map(folder => [folder.id, folder]))
  const likes = new Map(folders.map(folder => [likeKey(folder.id), folder]))
  const called = new Map(folders.map(folder => [keyOf(folder.path), folder]))
  const escapedFrom = new Map(folders.map(folder => [keyOf(folder.path.map(unescapeName)), folder]))
  const settled = new Map<string, KnownFolder>()

  const find = (path: Path) => settled.get(keyOf(path)) ?? called.get(keyOf(path)) ?? escapedFrom.get(keyOf(path))

  const idFor = (path: Path, manner: NameRules['manner']): string => {
    const [name = ''] = path.slice(-1)
    if (path.length <= 1) return name === 'INBOX' ? name : childId(undefined, name, namespace, manner)
    const parent = path.slice(0, -1)
    // What can't be the child of its parent stands beside it, under both names.
    if (find(parent)?.childless) return idFor([...parent.slice(0, -1), `${parent.at(-1) ?? ''}/${name}`], manner)
    return childId(parentIdFor(parent, manner), name, namespace, manner)
  }
  const parentIdFor = (path: Path, manner: NameRules['manner']): string => {
    // Within a prefix `INBOX.` what is called `INBOX.Work` is Work; the inbox's own children need a folder of its name.
    if (namespace.prefix !== '' && path.length === 1 && path[0] === 'INBOX') return childId(undefined, path[0], namespace, manner)
    return find(path)?.id ?? idFor(path, manner)
  }

  return {
    find,
    idFor,
    byId: id => ids.get(id),
    holdsOthers: id => ids.keys().some(other => other.startsWith(`${id}${namespace.delimiter ?? '\0'}`)),
    lookalike: id => likes.get(likeKey(id)),
    shortIdFor(path) {
      const rules = { delimiter: namespace.delimiter, manner: 'strict' } as const
      const hash = createHash('sha256').update(keyOf(path)).digest('hex').slice(0, 8)
      return `${namespace.prefix}${escapeName(path.at(-1)?.slice(0, 20) ?? '', rules)}_${hash}`
    },
    settle(path, folder) {
      settled.set(keyOf(path), folder)
      ids.set(folder.id, folder)
      likes.set(likeKey(folder.id), folder)
    },
  }
}
