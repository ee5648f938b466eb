import { isError, MailferryError } from '../domain/errors.ts'
import type { ContentFormat, ItemInfo, ItemKey } from '../domain/mail.ts'
import type { Change, ItemRow } from '../ledger/rows.ts'
import type { OutgoingItem, ReadItem } from '../servers/mailServer.ts'
import { writtenSize } from './copyAs.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import type { Changed } from './rules/planDelta.ts'
import { storedError } from './storedError.ts'

const batch = { items: 50, bytes: 1_500_000, streamAbove: 3_000_000 }

type Located = ItemRow & { readonly targetKey: ItemKey }
type Outgoing = OutgoingItem & { readonly key: ItemKey }

/**
 * Puts the new content of source items into our copies. Before each batch the ledger forgets the copies' versions, for a run that ends between the change and
 * its record would take its own change for a person's; the next delta, whose checkpoint is the old one, then does it again.
 */
export async function replaceItems(shared: Shared, task: FolderTask, changed: readonly Changed[]): Promise<void> {
  const { run, source, target, markerOf, signal } = shared
  const replace = target.replace
  if (!replace) return
  const byKey = new Map(
    changed.flatMap(({ row, item }) =>
      row.targetKey === undefined ? [] : [[item.key, { item, row: { ...row, targetKey: row.targetKey } }]],
    ),
  )
  const byFormat = Map.groupBy(byKey.values(), ({ row }) => row.format)
  for (const [format, some] of byFormat) {
    const keys = some.map(({ item }) => item.key)
    for await (const read of source.read(task.from, keys, { signal, format, batch, sizeOf: key => byKey.get(key)?.item.size })) {
      if (shared.stopping.aborted) return
      await send(format, read)
    }
  }

  async function send(format: ContentFormat, read: readonly ReadItem[]): Promise<void> {
    const folder = task.row.id
    const kept: Kept[] = []
    const outgoing: { readonly to: Outgoing; readonly item: ItemInfo; readonly row: Located }[] = []
    for (const one of read) {
      const known = byKey.get(one.key)
      // What is gone by now the next delta hears of.
      if (!known || 'gone' in one) continue
      if ('error' in one) kept.push({ item: known.item, error: one.error })
      else {
        const { content, details } = one
        const marker = markerOf?.(task.from, one.key)
        const to = { key: known.row.targetKey, info: known.item, format, content, ...(details && { details }), ...(marker && { marker }) }
        outgoing.push({ ...known, to })
      }
    }
    if (outgoing.length > 0) await run.writer.commit([{ kind: 'replacing', folder, keys: outgoing.map(({ item }) => item.key) }])
    const results =
      outgoing.length === 0
        ? []
        : await replace?.call(
            target,
            task.to,
            outgoing.map(({ to }) => to),
            { signal, deadline: () => run.writer.deadline() },
          )
    const replaced: Extract<Change, { kind: 'replaced' }>['items'][number][] = []
    let larger: MailferryError | undefined
    for (const [index, { item, to }] of outgoing.entries()) {
      const result = results?.[index]
      if (result?.state === 'written') {
        const { key: targetKey, flags: targetFlags, version: targetVersion } = result
        replaced.push({
          ...item,
          format,
          unmarked: target.stamp !== undefined && !target.traits.marks.includes(format),
          ...writtenSize(target, item, to.content),
          ...(targetKey !== undefined && { targetKey }),
          ...(targetFlags && { targetFlags }),
          ...(targetVersion !== undefined && { targetVersion }),
        })
      } else {
        const error = result?.error ?? new MailferryError('internal', { detail: 'fewer answers than items' })
        if (result?.state === 'refused' && error.remedy === 'permanent') kept.push({ item, error })
        else larger ??= error
      }
    }
    await run.writer.commit([
      { kind: 'replaced', folder, items: replaced },
      { kind: 'kept', folder, items: kept.map(asKept) },
    ])
    if (larger) throw larger
  }
}

interface Kept {
  readonly item: ItemInfo
  readonly error: MailferryError
}

/** The class of an item is the one reason that is its own. */
const asKept = ({ item: { key, version }, error }: Kept) => ({
  key,
  version,
  error: storedError(
    isError(error, 'item.notCarried', 'item.tooLarge', 'item.textTooLarge')
      ? error
      : new MailferryError('item.notUpdated', { because: 'refused' }),
  ),
})
