import type { ItemKey } from '../domain/mail.ts'
import { foldersOf } from '../ledger/folders.ts'
import { items } from '../ledger/items.ts'
import type { ItemRow } from '../ledger/rows.ts'
import type { Folder, MailSession, WriteOptions } from '../servers/mailServer.ts'
import type { PairRun } from './context.ts'
import { isAsWritten } from './isAsWritten.ts'

export interface Removed {
  readonly removed: number
  /** Not the item any more that we wrote, or gone already. */
  readonly left: number
}

/** Items looked at and removed at a time. */
const page = 500

/**
 * The work on the target of a reset by *forget and remove what we wrote*: removes, recoverably, every item that our ledger names
 * and that still is what we wrote. Adopted items stay, as does everything else. Interrupted anywhere it may begin again, and so may a run, which then writes what is
 * missing: an intent that knows its item on the target is one that was to be removed.
 */
export async function removeWritten(run: PairRun): Promise<Removed> {
  const signal = AbortSignal.any([run.abort, run.writer.lost])
  const known = await foldersOf(run.ledger.db, run.pair.id)
  // Whatever the job wants today, what it wrote into an archive is there.
  const archives = known.some(({ role }) => role === 'archiveMailbox')
  await using target = await run.target.open(run.pair.target, { signal, connections: 1, archives })
  const options: WriteOptions = { signal, deadline: () => run.writer.deadline() }
  const folders = new Map((await target.folders()).map(folder => [folder.id, folder]))
  let [removed, left] = [0, 0]
  for (const row of known) {
    const folder = folders.get(row.targetId ?? '')
    for await (const rows of items(run.ledger.db, row.id, { states: ['intended', 'done'], limit: page })) {
      const ours = folder?.validity === row.targetValidity ? rows.filter(hasTarget) : []
      const there = folder ? await stillOurs(target, folder, ours, signal) : []
      const keys = there.map(item => item.key)
      if (folder && there.length > 0) {
        await run.writer.commit([{ kind: 'removing', folder: row.id, keys }])
        await target.remove(
          folder,
          there.map(item => item.targetKey),
          options,
        )
        await run.writer.commit([{ kind: 'forget', folder: row.id, keys }])
      }
      removed += keys.length
      left += rows.length - keys.length
      if (run.stop.aborted) return { removed, left }
    }
  }
  return { removed, left }
}

type Located = ItemRow & { readonly targetKey: ItemKey }

const hasTarget = (row: ItemRow): row is Located => row.targetKey !== undefined

/** Size and received date tell on a server that holds no marker of ours; the folder's UIDVALIDITY was compared before. */
async function stillOurs(target: MailSession, folder: Folder, rows: readonly Located[], signal: AbortSignal): Promise<Located[]> {
  const found = await target.infos(
    folder,
    rows.map(row => row.targetKey),
    signal,
  )
  return rows.filter(row => isAsWritten(row, found.get(row.targetKey), target.traits.exactSizes))
}
