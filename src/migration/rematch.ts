import type { Fingerprint } from '../domain/fingerprint.ts'
import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import { items } from '../ledger/items.ts'
import type { ItemRow } from '../ledger/rows.ts'
import type { Folder, MailSession } from '../servers/mailServer.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { matchByFingerprint, matchBySize } from './rules/matchKinds.ts'

/** Headers are asked for so many items at a time. */
const page = 1000

/**
 * Gives the rows of a folder their keys anew where a server renumbered it (a changed UIDVALIDITY): by matching, not by copying again.
 * Answers the task with its row brought up to date.
 */
export async function rematch(shared: Shared, task: FolderTask): Promise<FolderTask> {
  const { row, from, to } = task
  const sourceChanged = row.sourceValidity !== from.validity
  const targetChanged = row.targetValidity !== to.validity
  if (sourceChanged) await rekey(shared, task, !targetChanged)
  if (targetChanged) await retarget(shared, task)
  if (!sourceChanged && !targetChanged) return task
  const { checkpoint: _checkpoint, version: _version, ...rest } = row
  // A checkpoint speaks in the old keys; the next scan begins afresh and finds its items in the ledger.
  if (sourceChanged) await shared.run.writer.patchFolder(row.id, { checkpoint: null, version: null })
  return { ...task, row: { ...(sourceChanged ? rest : row), sourceValidity: from.validity, targetValidity: to.validity } }
}

/**
 * New source keys. What has a copy is recognised by the copy's headers, what has none (or whose copy was renumbered too) by size and date.
 */
async function rekey(shared: Shared, { row, from, to }: FolderTask, targetHolds: boolean): Promise<void> {
  const { run, source, target, signal } = shared
  const [rows, present] = await Promise.all([allRows(run.ledger.db, row.id), allOf(source, from, signal)])
  const copied = targetHolds ? rows.filter(hasTarget) : []
  const [ours, theirs] = await Promise.all([
    fingerprints(
      target,
      to,
      copied.map(item => item.targetKey),
      signal,
    ),
    copied.length > 0
      ? fingerprints(
          source,
          from,
          present.map(item => item.key),
          signal,
        )
      : new Map<ItemKey, Fingerprint>(),
  ])
  const alike = matchByFingerprint(
    copied.map(item => ({ ...item, fingerprint: ours.get(item.targetKey) })),
    present.map(item => ({ ...item, fingerprint: theirs.get(item.key) })),
    composesAnew(shared),
  )
  const matched = new Set(alike.pairs.map(pair => pair.wanted.key))
  const rest = matchBySize(
    rows.filter(item => !matched.has(item.key)),
    alike.extra,
  )
  const pairs = [...alike.pairs, ...rest.pairs].map(({ wanted, found }) => ({ key: wanted.key, newKey: found.key }))
  await run.writer.commit([{ kind: 'rekey', folder: row.id, sourceValidity: from.validity, items: pairs }])
}

/** New target keys of what was copied; what isn't there any more was taken away by a person, and isn't copied again. */
async function retarget(shared: Shared, { row, from, to }: FolderTask): Promise<void> {
  const { run, source, target, signal } = shared
  const [rows, present] = await Promise.all([allRows(run.ledger.db, row.id), allOf(target, to, signal)])
  const copied = rows.filter(hasTarget)
  const [ours, theirs] = await Promise.all([
    fingerprints(
      source,
      from,
      copied.map(item => item.key),
      signal,
    ),
    fingerprints(
      target,
      to,
      present.map(item => item.key),
      signal,
    ),
  ])
  const { pairs, missing, extra } = matchByFingerprint(
    copied.map(item => ({ ...item, fingerprint: ours.get(item.key) })),
    present.map(item => ({ ...item, fingerprint: theirs.get(item.key) })),
    composesAnew(shared),
  )
  // The source may have lost an item since; then its headers can't be asked for and size and date must do.
  const rest = matchBySize(
    missing.filter(item => item.fingerprint === undefined),
    extra,
  )
  const found = new Map([...pairs, ...rest.pairs].map(pair => [pair.wanted.key, pair.found.key]))
  const moved = copied.map(item => ({ key: item.key, targetKey: found.get(item.key) }))
  await run.writer.commit([{ kind: 'retarget', folder: row.id, targetValidity: to.validity, items: moved }])
}

/** Whether one of the sides gives messages back other than they were, so that equal headers may be written in other words. */
export const composesAnew = ({ source, target }: Pick<Shared, 'source' | 'target'>): boolean =>
  !source.traits.keepsBytes || !target.traits.keepsBytes

const hasTarget = (item: ItemRow): item is ItemRow & { targetKey: ItemKey } => item.targetKey !== undefined

async function allRows(db: Shared['run']['ledger']['db'], folder: number): Promise<ItemRow[]> {
  const rows: ItemRow[] = []
  for await (const part of items(db, folder)) rows.push(...part)
  return rows
}

async function allOf(session: MailSession, folder: Folder, signal: AbortSignal): Promise<ItemInfo[]> {
  const found: ItemInfo[] = []
  for await (const part of session.find(folder, undefined, signal)) found.push(...part)
  return found
}

/** In parts; without a folder there are none. */
export async function fingerprints(
  session: MailSession,
  folder: Folder | undefined,
  keys: readonly ItemKey[],
  signal: AbortSignal,
): Promise<Map<ItemKey, Fingerprint>> {
  const all = new Map<ItemKey, Fingerprint>()
  if (folder)
    for (let at = 0; at < keys.length; at += page)
      for (const [key, text] of await session.fingerprints(folder, keys.slice(at, at + page), signal)) all.set(key, text)
  return all
}
