import type { ItemInfo } from '../domain/mail.ts'
import { folderById } from '../ledger/folders.ts'
import { items } from '../ledger/items.ts'
import type { Change, DoneItem } from '../ledger/rows.ts'
import { targetKeysFrom } from '../ledger/targetKeys.ts'
import type { FoundItem } from '../servers/mailServer.ts'
import type { Confirmed } from './copyAs.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { type Intent, matchIntents } from './matchIntents.ts'

/**
 * Finds out what became of every row that is still *intended*, before anything more is written to the folder: looks at the target from where
 * its next item would have landed when the oldest intent was recorded, leaving out what the ledger knows already, and matches one to one.
 * What is there is done; what isn't is forgotten, to be copied again; a confirmed item that isn't there has failed, for a second copy could be a double.
 * An intent of which nobody can tell stays open, and is listed as that.
 */
export async function resolveIntents(shared: Shared, task: FolderTask, confirmed: Confirmed = new Set()): Promise<void> {
  const { run, tally } = shared
  const folder = task.row.id
  const next = (await folderById(run.ledger.db, folder))?.intentNext
  const intents: Intent[] = []
  for await (const page of items(run.ledger.db, folder, { states: ['intended'] }))
    intents.push(...page.map(item => ({ ...item, confirmed: confirmed.has(item.key) })))
  if (intents.length === 0) {
    if (next !== undefined) await run.writer.commit([{ kind: 'resolved', folder }])
    return
  }
  const found = await newcomers(shared, task, next)
  const { pairs, missing } = await matchIntents(shared, task, intents, found)
  const lost = missing.filter(intent => intent.confirmed)
  const changes: Change[] = [
    { kind: 'done', folder, items: pairs.map(({ wanted, found }) => doneItem(shared, wanted, found)) },
    { kind: 'fail', folder, items: lost.map(intent => ({ ...withoutMark(intent), error: unfound })) },
    { kind: 'retract', folder, keys: missing.filter(intent => !intent.confirmed).map(intent => intent.key) },
    { kind: 'resolved', folder },
  ]
  await run.writer.commit(
    changes.filter(change => !('items' in change && change.items.length === 0) && !('keys' in change && change.keys.length === 0)),
  )
  tally.add({ done: pairs.length, doneBytes: pairs.reduce((sum, { wanted }) => sum + wanted.size, 0), failed: lost.length })
  confirmed.clear()
}

const unfound = { code: 'item.rejected', params: { response: 'the server answered OK, but the message is not in the folder' } } as const

const withoutMark = ({ confirmed: _confirmed, ...info }: Intent): ItemInfo => info

/** What is known of an item that was written without an answer. Its format is the best one, but for what was marked at its creation. */
function doneItem({ source, target, formats }: Shared, { key }: Intent, found: FoundItem): DoneItem {
  const { marks, exactSizes } = target.traits
  const format = (found.marker === undefined ? undefined : formats.find(name => marks.includes(name))) ?? formats[0]
  return {
    key,
    targetKey: found.key,
    unmarked: target.stamp !== undefined && found.marker === undefined,
    ...(format && { format }),
    ...(found.version !== undefined && { targetVersion: found.version }),
    ...(exactSizes && !source.traits.exactSizes && { size: found.size }),
  }
}

/** Items of the target folder since then that no row of ours holds yet. */
async function newcomers({ run, target, signal }: Shared, { row, to }: FolderTask, next: number | undefined): Promise<FoundItem[]> {
  const known = await targetKeysFrom(run.ledger.db, row.id, next)
  const found: FoundItem[] = []
  for await (const part of target.find(to, next, signal)) for (const item of part) if (!known.has(item.key)) found.push(item)
  return found
}
