import { MailferryError } from '../domain/errors.ts'
import type { ItemRow } from '../ledger/rows.ts'
import { byFolder } from './byFolder.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { replaceItems } from './replaceItems.ts'
import { oldVersionKey } from './rules/oldVersion.ts'
import type { Changed, FlagChange } from './rules/planDelta.ts'
import type { Appeared } from './rules/recogniseMoves.ts'
import type { Kept } from './rules/respectTarget.ts'
import { sameContent } from './sameContent.ts'
import { storedError } from './storedError.ts'

/** What is left to be done of changed items by others. */
export interface OtherwiseCarried {
  /** The new versions, to be copied as items of their own. */
  readonly copies: readonly Appeared[]
  /** Only their flags had changed. */
  readonly flags: readonly FlagChange[]
}

/**
 * Carries over new content. Where the target can put it into a copy, it is; elsewhere (IMAP's messages never change, nor do Exchange's by MIME) the new version is copied beside the old
 * one, whose row steps aside under a key of its own until `retireOldVersions` has removed it. There it pays to look first whether the content changed at all:
 * a server tells the same of a new category as of a new text.
 */
export async function applyContents(shared: Shared, tasks: readonly FolderTask[], contents: readonly Changed[]): Promise<OtherwiseCarried> {
  const copies: Appeared[] = []
  const flags: FlagChange[] = []
  const byId = new Map(tasks.map(task => [task.row.id, task]))
  for (const [folder, rows] of byFolder(contents.map(change => ({ ...change, folder: change.row.folder })))) {
    const task = byId.get(folder)
    if (!task || shared.stopping.aborted) continue
    const inPlace = rows.filter(({ row }) => isReplaceable(shared, row))
    if (inPlace.length > 0) await replaceItems(shared, task, inPlace)
    const others = rows.filter(({ row }) => !isReplaceable(shared, row))
    if (others.length > 0) {
      const same = await sameContent(
        shared,
        task,
        others.map(({ row }) => row),
      )
      flags.push(...others.filter(({ row }) => same.has(row)).map(({ row, item }) => flagChange({ row, item })))
      const changed = others.filter(({ row }) => !same.has(row))
      await setAside(shared, folder, changed)
      copies.push(...changed.map(({ item }) => ({ folder, item })))
    }
  }
  return { copies, flags }
}

/** In the format it was carried in, for what was stepped down once will be again. */
const isReplaceable = ({ target, formats }: Shared, { format }: ItemRow): boolean =>
  target.replace !== undefined && formats.includes(format) && target.traits.replaces?.includes(format) === true

const flagChange = ({ row, item: { flags, version } }: Changed): FlagChange => ({ row, flags, ...(version !== undefined && { version }) })

async function setAside({ run }: Shared, folder: number, changed: readonly Changed[]): Promise<void> {
  if (changed.length === 0) return
  const items = changed.map(({ row: { key, version, targetKey, targetVersion, targetFlags, flags } }) => ({
    key,
    newKey: oldVersionKey(key, version),
    newTargetKey: targetKey,
    flags,
    ...(version !== undefined && { version }),
    ...(targetFlags && { targetFlags }),
    ...(targetVersion !== undefined && { targetVersion }),
  }))
  await run.writer.commit([{ kind: 'move', from: folder, to: folder, items }])
}

/** Notes in the rows what was changed in the source and left as it is on the target. */
export async function noteKept({ run }: Shared, kept: readonly Kept[], contents: readonly Changed[]): Promise<void> {
  const because = new Map(kept.filter(({ change }) => change === 'content').map(one => [one.row, one.because]))
  for (const [folder, rows] of byFolder(contents.map(change => ({ ...change, folder: change.row.folder })))) {
    const items = rows.flatMap(({ row, item }) => {
      const reason = because.get(row)
      if (reason === undefined) return []
      return [{ key: row.key, version: item.version, error: storedError(new MailferryError('item.notUpdated', { because: reason })) }]
    })
    if (items.length > 0) await run.writer.commit([{ kind: 'kept', folder, items }])
  }
}
