import type { ItemInfo, ItemKey } from '../../../domain/mail.ts'
import { flagsOnly } from '../../flagsOnly.ts'
import type { Checkpoint, Folder, FolderChanges, ScanOptions } from '../../mailServer.ts'
import type { XmlNode } from '../soap/node.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { infos } from './infos.ts'
import { isEditable, itemInfo } from './itemInfo.ts'
import { type SessionContext, throwIfStopped } from './sessionContext.ts'
import { type SyncPage, SyncStateLost, syncPages } from './syncPages.ts'

/**
 * What changed in a folder since the checkpoint, or all of it without one. Where Exchange no longer knows the state, everything is listed and
 * compared with what was known, and the answer says so.
 */
export async function* scan(
  context: SessionContext,
  folder: Folder,
  { since, signal }: ScanOptions,
): AsyncGenerator<FolderChanges, Checkpoint> {
  throwIfStopped(signal, 'listing')
  if (!since) return yield* scanAll(context, folder, signal)
  const stand = readCheckpoint(since.checkpoint)
  const known = new Set(since.known)
  if (stand?.folder !== folder.id) return yield* compareAll(context, folder, known, signal)
  try {
    return yield* scanChanges(context, folder, { state: stand.state, known, signal })
  } catch (thrown) {
    if (!(thrown instanceof SyncStateLost)) throw thrown
    return yield* compareAll(context, folder, known, signal)
  }
}

async function* scanAll(context: SessionContext, folder: Folder, signal: AbortSignal): AsyncGenerator<FolderChanges, Checkpoint> {
  let syncState = ''
  for await (const page of syncPages(context, folder, undefined, signal)) {
    syncState = page.syncState
    // An item that goes or changes between two pages is told of in the later one.
    const part = await changesOf(context, folder, page, signal)
    yield { items: [...part.items, ...part.updated], flags: part.flags, vanished: part.vanished }
  }
  return writeCheckpoint({ folder: folder.id, state: syncState })
}

interface Since {
  readonly state: string
  readonly known: ReadonlySet<ItemKey>
  readonly signal: AbortSignal
}

async function* scanChanges(
  context: SessionContext,
  folder: Folder,
  { state, known, signal }: Since,
): AsyncGenerator<FolderChanges, Checkpoint> {
  let syncState = state
  for await (const page of syncPages(context, folder, state, signal)) {
    syncState = page.syncState
    const { items, updated, changed, flags, vanished } = await changesOf(context, folder, page, signal)
    // Of a change to an item nobody knows, the item itself is the news.
    const news = updated.filter(({ key }) => !known.has(key))
    const fresh = new Set(news.map(({ key }) => key))
    yield {
      items: [...items, ...news],
      flags: flags.filter(({ key }) => !fresh.has(key)),
      changed: changed.filter(({ key }) => !fresh.has(key)),
      vanished,
    }
  }
  return writeCheckpoint({ folder: folder.id, state: syncState })
}

/** Everything there is, told apart by what was known; what of it may have changed is told as if it had. */
async function* compareAll(
  context: SessionContext,
  folder: Folder,
  known: ReadonlySet<ItemKey>,
  signal: AbortSignal,
): AsyncGenerator<FolderChanges, Checkpoint> {
  const missing = new Set(known)
  let syncState = ''
  for await (const page of syncPages(context, folder, undefined, signal)) {
    syncState = page.syncState
    const { items, updated, vanished } = await changesOf(context, folder, page, signal)
    for (const { key } of items) missing.delete(key)
    for (const key of vanished) if (known.has(key)) missing.add(key)
    const editable = new Set(page.created.filter(isEditable).map(item => itemInfo(item)?.key))
    const old = items.filter(({ key }) => known.has(key))
    yield {
      items: [...items.filter(({ key }) => !known.has(key)), ...updated.filter(({ key }) => !known.has(key))],
      flags: [...old.filter(({ key }) => !editable.has(key)), ...updated.filter(({ key }) => known.has(key))].map(flagsOnly),
      changed: old.filter(({ key }) => editable.has(key)),
      vanished: [],
      compared: true,
    }
  }
  yield { items: [], flags: [], vanished: [...missing], compared: true }
  return writeCheckpoint({ folder: folder.id, state: syncState })
}

/** A page in the port's terms. Whose read state alone changed, of that all flags have to be asked for. */
async function changesOf(context: SessionContext, folder: Folder, page: SyncPage, signal: AbortSignal) {
  const read = page.read.length > 0 ? await infos(context, folder, page.read, signal) : new Map<ItemKey, ItemInfo>()
  const updated = described(page.updated)
  return {
    items: described(page.created).map(({ info }) => info),
    updated: [...updated.map(({ info }) => info), ...read.values()],
    changed: updated.filter(({ editable }) => editable).map(({ info }) => info),
    flags: [...updated.filter(({ editable }) => !editable).map(({ info }) => info), ...read.values()].map(flagsOnly),
    vanished: page.deleted,
  }
}

const described = (items: readonly XmlNode[]): { readonly info: ItemInfo; readonly editable: boolean }[] =>
  items.flatMap(item => {
    const info = itemInfo(item)
    return info ? [{ info, editable: isEditable(item) }] : []
  })
