import type { ItemKey } from '../domain/mail.ts'
import { foldersOf } from '../ledger/folders.ts'
import { items } from '../ledger/items.ts'
import type { Reader } from '../ledger/ledger.ts'
import type { Side } from '../ledger/pairMailboxes.ts'
import type { FolderRow, ItemRow, PairRow } from '../ledger/rows.ts'
import type { Folder, MailSession } from '../servers/mailServer.ts'

/** Items of the fullest known folder that are looked at. */
const sampleSize = 50

/**
 * Whether an open mailbox is the one that a side of a pair has been so far: a known folder has kept its UIDVALIDITY, and of a sample of its UIDs most hold
 * messages of the size and date that the ledger has. Of a pair that never ran nothing is known that another mailbox could be taken for.
 */
export async function isSameLogin(db: Reader, pair: PairRow, side: Side, session: MailSession, signal: AbortSignal): Promise<boolean> {
  const rows = await foldersOf(db, pair.id)
  if (rows.length === 0) return true
  const samples = new Map<number, readonly Known[]>()
  for (const row of rows) samples.set(row.id, await sampleOf(db, row, side))
  const today = new Map((await session.folders()).map(folder => [folder.id, folder]))
  const kept = rows.flatMap(row => {
    const folder = today.get(keysOf(row, side).id ?? '')
    return folder !== undefined && folder.validity === keysOf(row, side).validity ? [{ row, folder }] : []
  })
  const fullest = kept.toSorted((a, b) => b.folder.count - a.folder.count).find(({ row }) => samples.get(row.id)?.length)
  if (fullest !== undefined) return holds(session, fullest.folder, samples.get(fullest.row.id) ?? [], signal)
  // Nothing was ever carried over: the folders' validity is all there is to compare.
  return kept.length > 0 && [...samples.values()].every(known => known.length === 0)
}

const keysOf = (row: FolderRow, side: Side) =>
  side === 'source' ? { id: row.sourceId, validity: row.sourceValidity } : { id: row.targetId, validity: row.targetValidity }

interface Known {
  readonly key: ItemKey
  readonly item: ItemRow
}

async function sampleOf(db: Reader, row: FolderRow, side: Side): Promise<Known[]> {
  for await (const page of items(db, row.id, { states: ['done', 'adopted'], limit: sampleSize })) {
    return page.flatMap(item => {
      const key = side === 'source' ? item.key : item.targetKey
      return key === undefined ? [] : [{ key, item }]
    })
  }
  return []
}

async function holds(session: MailSession, folder: Folder, known: readonly Known[], signal: AbortSignal): Promise<boolean> {
  const found = await session.infos(
    folder,
    known.map(({ key }) => key),
    signal,
  )
  const present = known.filter(({ key }) => found.has(key))
  const alike = present.filter(({ key, item }) => {
    const info = found.get(key)
    return info !== undefined && info.size === item.size && Math.abs(info.received - item.received) < 1000
  })
  return alike.length * 2 > present.length
}
