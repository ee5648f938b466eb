import type { Fingerprint } from '../domain/fingerprint.ts'
import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import { itemKeys, items, itemsByKeys } from '../ledger/items.ts'
import type { ItemRow } from '../ledger/rows.ts'
import type { Folder } from '../servers/mailServer.ts'
import { aloneInTrouble } from './aloneInTrouble.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import type { GoneFolder } from './planPair.ts'
import { composesAnew, fingerprints } from './rematch.ts'
import { sameFlags } from './rules/flags.ts'
import { isOldVersion } from './rules/oldVersion.ts'
import type { Changed, Reflagged } from './rules/planDelta.ts'
import { type Appeared, moveCandidates, moveIdentity, type Vanished } from './rules/recogniseMoves.ts'

/** What happened in the source since the checkpoints, all folders together. */
export interface Gathered {
  readonly appeared: readonly Appeared[]
  readonly reflagged: readonly Reflagged[]
  readonly changed: readonly Changed[]
  readonly vanished: readonly Vanished[]
  /** Folders that are gone as a whole, or whose checkpoint was lost: nothing is deleted because of them. */
  readonly compared: ReadonlySet<number>
  /** What to give the next scan of each folder that was scanned. */
  readonly checkpoints: ReadonlyMap<FolderTask, string>
}

/** Rows that a scan must know of: all but those whose item is gone already. */
const present = ['intended', 'done', 'adopted', 'failed', 'filtered'] as const

/** Scans every folder that changed since its checkpoint, several at once, before anything is applied. */
export async function gatherDelta(
  shared: Shared,
  changed: readonly FolderTask[],
  fresh: readonly FolderTask[],
  gone: readonly GoneFolder[],
): Promise<Gathered> {
  const scans = await Promise.all(changed.map(task => aloneInTrouble(shared, task, () => scanFolder(shared, task))))
  const scanned = scans.filter(scan => scan !== undefined)
  const vanished = [...scanned.flatMap(one => one.vanished), ...(await rowsOfGoneFolders(shared, gone))].map(row => ({ row }))
  const appeared = scanned.flatMap(one => one.appeared)
  if (vanished.length > 0 && shared.run.job.settings.policy !== 'new') appeared.push(...(await lookForMoved(shared, fresh, vanished)))
  const identified = await identify(
    shared,
    [...changed, ...fresh, ...gone],
    moveCandidates(appeared, vanished, shared.source.traits.exactSizes),
  )
  return {
    appeared: appeared.map(item => identified.appeared.get(item) ?? item),
    reflagged: scanned.flatMap(one => one.reflagged),
    vanished: vanished.map(item => identified.vanished.get(item.row) ?? item),
    changed: scanned.flatMap(one => one.changed),
    compared: new Set([...gone.map(({ row }) => row.id), ...scanned.filter(one => one.compared).map(one => one.task.row.id)]),
    checkpoints: new Map(scanned.map(one => [one.task, one.checkpoint])),
  }
}

async function scanFolder({ run, source, gate, signal }: Shared, task: FolderTask) {
  const leave = await gate.enter(signal)
  try {
    const folder = task.row.id
    const known = (await itemKeys(run.ledger.db, folder, present)).filter(key => !isOldVersion(key))
    const knows = new Set(known)
    // By key: a server whose pages overlap tells an item twice.
    const appeared = new Map<ItemKey, Appeared>()
    const reflagged: Reflagged[] = []
    const changed: Changed[] = []
    const gone: ItemKey[] = []
    let compared = false
    const scan = source.scan(task.from, {
      signal,
      ...(task.row.checkpoint !== undefined && { since: { checkpoint: task.row.checkpoint, known } }),
    })
    for (;;) {
      const part = await scan.next()
      if (part.done) {
        const vanished = await itemsByKeys(
          run.ledger.db,
          folder,
          gone.filter(key => knows.has(key)),
        )
        return {
          task,
          appeared: await withRows(run, folder, [...appeared.values()]),
          reflagged,
          changed,
          vanished,
          compared,
          checkpoint: part.value,
        }
      }
      compared ||= part.value.compared === true
      gone.push(...part.value.vanished)
      const told = new Map<ItemKey, ItemInfo>()
      for (const item of [...part.value.items, ...(part.value.changed ?? [])]) {
        if (knows.has(item.key)) told.set(item.key, item)
        else appeared.set(item.key, { folder, item })
      }
      const flags = new Map(part.value.flags.map(change => [change.key, change]))
      for (const row of await itemsByKeys(run.ledger.db, folder, [...told.keys(), ...flags.keys()])) {
        const item = told.get(row.key)
        const now = item ?? flags.get(row.key)
        if (item && hasNewContent(row, item)) changed.push({ row, item })
        else if (now && !sameFlags(row.flags, now.flags)) reflagged.push({ row, flags: now.flags, ...versionOf(now) })
      }
    }
  } finally {
    leave()
  }
}

/** With the rows of those that were here before. */
async function withRows({ ledger }: Shared['run'], folder: number, appeared: readonly Appeared[]): Promise<Appeared[]> {
  const rows = await itemsByKeys(
    ledger.db,
    folder,
    appeared.map(({ item }) => item.key),
  )
  const byKey = new Map(rows.map(row => [row.key, row]))
  return appeared.map(one => {
    const before = byKey.get(one.item.key)
    return before === undefined ? one : { ...one, before }
  })
}

/** A server that tells versions gives an item another one whenever it changes; without them content never changes. */
const hasNewContent = (row: ItemRow, { version }: ItemInfo): boolean => version !== undefined && version !== row.version

const versionOf = ({ version }: { readonly version?: string }) => (version === undefined ? {} : { version })

async function rowsOfGoneFolders({ run }: Shared, folders: readonly GoneFolder[]): Promise<ItemRow[]> {
  const rows: ItemRow[] = []
  for (const { row } of folders) for await (const page of items(run.ledger.db, row.id, { states: present })) rows.push(...page)
  return rows
}

/** Items of folders without a checkpoint that could be what vanished elsewhere; the rest of such a folder is copied as it is listed, unheld. */
async function lookForMoved(
  { run, source, signal }: Shared,
  fresh: readonly FolderTask[],
  vanished: readonly Vanished[],
): Promise<Appeared[]> {
  const found: Appeared[] = []
  for (const task of fresh) {
    const known = new Set(await itemKeys(run.ledger.db, task.row.id))
    const scan = source.scan(task.from, { signal })
    for (let part = await scan.next(); !part.done; part = await scan.next()) {
      const unknown = part.value.items.filter(item => !known.has(item.key)).map(item => ({ folder: task.row.id, item }))
      found.push(...moveCandidates(unknown, vanished, source.traits.exactSizes).appeared)
    }
  }
  return found
}

/** Learns what could be a move by its headers: of the new item from the source, of the vanished one from our copy on the target. */
async function identify(
  shared: Shared,
  places: readonly { readonly row: { readonly id: number }; readonly from?: Folder; readonly to: Folder | undefined }[],
  { appeared, vanished }: ReturnType<typeof moveCandidates>,
) {
  const { source, target, signal } = shared
  const kind = { exactSizes: source.traits.exactSizes, loosely: composesAnew(shared) }
  const named = (item: ItemInfo, fingerprint: Fingerprint | undefined) =>
    fingerprint === undefined ? {} : { identity: moveIdentity(item, fingerprint, kind) }
  const identified = { appeared: new Map<Appeared, Appeared>(), vanished: new Map<ItemRow, Vanished>() }
  if (appeared.length === 0 || vanished.length === 0) return identified
  for (const { row, from, to } of places) {
    const came = from ? appeared.filter(one => one.folder === row.id) : []
    const went = to ? vanished.filter(one => one.row.folder === row.id && one.row.targetKey !== undefined) : []
    const [ours, theirs] = await Promise.all([
      fingerprints(
        source,
        from,
        came.map(one => one.item.key),
        signal,
      ),
      fingerprints(
        target,
        to,
        went.flatMap(one => one.row.targetKey ?? []),
        signal,
      ),
    ])
    for (const one of came) identified.appeared.set(one, { ...one, ...named(one.item, ours.get(one.item.key)) })
    for (const one of went) identified.vanished.set(one.row, { ...one, ...named(one.row, theirs.get(one.row.targetKey ?? '')) })
  }
  return identified
}
