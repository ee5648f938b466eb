import { MailferryError } from '../domain/errors.ts'
import { compareIncarnation } from '../domain/incarnation.ts'
import type { ItemInfo } from '../domain/mail.ts'
import { items } from '../ledger/items.ts'
import type { FolderRow } from '../ledger/rows.ts'
import type { Folder, MailSession } from '../servers/mailServer.ts'
import type { Shared } from './folderTask.ts'

type Side = 'source' | 'target'

/** Items of a renumbered mailbox that are looked for again. */
const sampleSize = 100

/**
 * Stops the pair when one of its mailboxes was deleted and made anew under the same address: what the ledger says of the old one is not
 * true of it. A server that only renumbered its folders is told apart by a folder whose keys still hold, or by what lies in them.
 */
export async function sameStores(
  shared: Shared,
  from: readonly Folder[],
  to: readonly Folder[],
  rows: readonly FolderRow[],
): Promise<void> {
  const { run, source, target } = shared
  const { sourceIncarnation, targetIncarnation } = run.pair
  const [sourceNow, targetNow] = await Promise.all([source.incarnation(), target.incarnation()])
  await check('source', sourceIncarnation, sourceNow, source, from)
  await check('target', targetIncarnation, targetNow, target, to)
  if (sourceIncarnation !== sourceNow || targetIncarnation !== targetNow) await run.writer.setIncarnations(sourceNow, targetNow)

  async function check(
    side: Side,
    stored: string | undefined,
    found: string,
    session: MailSession,
    folders: readonly Folder[],
  ): Promise<void> {
    const today = new Map(folders.map(folder => [folder.id, folder]))
    const compared = rows.flatMap(row => {
      const [id, validity] = side === 'source' ? [row.sourceId, row.sourceValidity] : [row.targetId, row.targetValidity]
      return id === undefined || validity === undefined
        ? []
        : [{ row, folder: today.get(id), stored: validity, found: today.get(id)?.validity }]
    })
    if (compared.length === 0) return // nothing is known of the other store that could be mistaken for this one's
    let verdict = compareIncarnation({ stored, found, folders: compared })
    if (verdict === 'replaced') verdict = compareIncarnation({ stored, found, sample: await takeSample(shared, side, session, compared) })
    if (verdict === 'replaced') throw new MailferryError('mailbox.replaced', { mailbox: run.pair[side].address, side })
  }
}

/** Looks for some known items of the fullest folder by date and, where it is exact, size. */
async function takeSample(
  { run, signal }: Shared,
  side: Side,
  session: MailSession,
  folders: readonly { row: FolderRow; folder: Folder | undefined }[],
): Promise<{ sought: number; found: number }> {
  const fullest = folders.reduce<{ row: FolderRow; folder: Folder } | undefined>(
    (best, { row, folder }) => (folder && folder.count > (best?.folder.count ?? 0) ? { row, folder } : best),
    undefined,
  )
  if (!fullest) return { sought: folders.length, found: 0 }
  // Exchange's sizes are approximate, and not what was written.
  const likeness = ({ size, received }: ItemInfo): string => `${session.traits.exactSizes ? size : ''} ${Math.floor(received / 1000)}`
  const sought = new Set<string>()
  for await (const page of items(run.ledger.db, fullest.row.id, { states: ['done', 'adopted'], limit: sampleSize })) {
    for (const item of page) sought.add(likeness(item))
    break
  }
  const found = new Set<string>()
  for await (const part of session.find(fullest.folder, undefined, signal))
    for (const item of part) if (sought.has(likeness(item))) found.add(likeness(item))
  // Nothing known of it, as little on the target before anything was written: then renumbered folders hold nothing to confuse.
  return side === 'target' && sought.size === 0 ? { sought: 1, found: 1 } : { sought: sought.size, found: found.size }
}
