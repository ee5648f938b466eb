import type { ItemKey } from '../../../domain/mail.ts'
import { flagsOnly } from '../../flagsOnly.ts'
import type { Checkpoint, Folder, FolderChanges, ScanOptions } from '../../mailServer.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { DeltaLost, deltaPages } from './deltaPages.ts'
import { type SessionContext, throwIfStopped } from './sessionContext.ts'

/**
 * What changed in a folder since the checkpoint, or all of it without one. Where Graph no longer knows the state, everything is listed and compared with
 * what was known, and the answer says so.
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
    return yield* scanChanges(context, folder, stand.state, known, signal)
  } catch (thrown) {
    if (!(thrown instanceof DeltaLost)) throw thrown
    return yield* compareAll(context, folder, known, signal)
  }
}

/** An item that goes or changes between two pages is told of in the later one too. */
async function* scanAll(context: SessionContext, folder: Folder, signal: AbortSignal): AsyncGenerator<FolderChanges, Checkpoint> {
  const seen = new Set<ItemKey>()
  let deltaLink = ''
  for await (const page of deltaPages(context, folder, undefined, signal)) {
    deltaLink = page.deltaLink ?? deltaLink
    const items = page.present.filter(({ info }) => !seen.has(info.key)).map(({ info }) => info)
    const again = page.present.filter(({ info }) => seen.has(info.key)).map(({ info }) => info)
    for (const { key } of items) seen.add(key)
    yield { items, flags: again.map(flagsOnly), vanished: page.removed }
  }
  return writeCheckpoint({ folder: folder.id, state: deltaLink })
}

/** Graph doesn't tell news from changes; what was known does. */
async function* scanChanges(
  context: SessionContext,
  folder: Folder,
  from: string,
  known: ReadonlySet<ItemKey>,
  signal: AbortSignal,
): AsyncGenerator<FolderChanges, Checkpoint> {
  let deltaLink = from
  for await (const page of deltaPages(context, folder, from, signal)) {
    deltaLink = page.deltaLink ?? deltaLink
    const old = page.present.filter(({ info }) => known.has(info.key))
    yield {
      items: page.present.filter(({ info }) => !known.has(info.key)).map(({ info }) => info),
      flags: old.filter(({ editable }) => !editable).map(({ info }) => flagsOnly(info)),
      changed: old.filter(({ editable }) => editable).map(({ info }) => info),
      vanished: page.removed,
    }
  }
  return writeCheckpoint({ folder: folder.id, state: deltaLink })
}

/** Everything there is, told apart by what was known; what of it may have changed is told as if it had. */
async function* compareAll(
  context: SessionContext,
  folder: Folder,
  known: ReadonlySet<ItemKey>,
  signal: AbortSignal,
): AsyncGenerator<FolderChanges, Checkpoint> {
  const missing = new Set(known)
  let deltaLink = ''
  for await (const page of deltaPages(context, folder, undefined, signal)) {
    deltaLink = page.deltaLink ?? deltaLink
    for (const { info } of page.present) missing.delete(info.key)
    for (const key of page.removed) if (known.has(key)) missing.add(key)
    const old = page.present.filter(({ info }) => known.has(info.key))
    yield {
      items: page.present.filter(({ info }) => !known.has(info.key)).map(({ info }) => info),
      flags: old.filter(({ editable }) => !editable).map(({ info }) => flagsOnly(info)),
      changed: old.filter(({ editable }) => editable).map(({ info }) => info),
      vanished: [],
      compared: true,
    }
  }
  yield { items: [], flags: [], vanished: [...missing], compared: true }
  return writeCheckpoint({ folder: folder.id, state: deltaLink })
}
