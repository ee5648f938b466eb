import { joinPath } from '../domain/folderPath.ts'
import type { ItemInfo, ItemKey } from '../domain/mail.ts'
import { foldersOf } from '../ledger/folders.ts'
import { itemKeys, items } from '../ledger/items.ts'
import type { FolderRow, ItemRow } from '../ledger/rows.ts'
import { targetKeysFrom } from '../ledger/targetKeys.ts'
import type { Folder, MailSession } from '../servers/mailServer.ts'
import { samePrint } from './content/contentPrint.ts'
import { readPrints } from './content/readPrints.ts'
import type { PairRun } from './context.ts'
import { isAsWritten } from './isAsWritten.ts'
import { isOldVersion } from './rules/oldVersion.ts'

/** Neither a lease nor a writer: nothing is written. */
export type VerifyRun = Pick<PairRun, 'ledger' | 'job' | 'pair' | 'source' | 'target' | 'limits' | 'abort' | 'stop'>

export interface VerifyOptions {
  /** Also reads both sides whole and compares the SHA-256 of the bytes, or where a side composes them anew the content; as long as a migration. */
  readonly bytes: boolean
}

/** What a verification found in one folder. Only `different` speaks against the migration; what people did on the target since is theirs. */
export interface FolderVerification {
  readonly source: string
  readonly target: string
  /** Rows of items that were written or adopted. */
  readonly checked: number
  readonly equal: number
  readonly different: readonly ItemKey[]
  /**
   * What equal says: `bytes` only where both sides give back the bytes they were given; `content` as `content/contentPrint.ts` has it; `listing`: there, with
   * date and (where exact) size.
   */
  readonly by: 'bytes' | 'content' | 'listing'
  /** Not in the target folder any more. */
  readonly missing: number
  /** In the source folder, but not in the ledger: they came after the last run. */
  readonly pending: number
  /** In the target folder, but not ours. */
  readonly extra: number
}

/** Items compared at a time; with their bytes fewer. */
const page = 5000
const pageOfBytes = 200

/** Compares both mailboxes as they are now with what the ledger says was written. Reads only. */
export async function* verifyPair(run: VerifyRun, { bytes }: VerifyOptions): AsyncGenerator<FolderVerification> {
  const signal = AbortSignal.any([run.abort, run.stop])
  const { connections, requests, reading } = run.limits
  const options = { signal, connections, requests, reading, archives: run.job.settings.archives ?? false }
  await using source = await run.source.open(run.pair.source, options)
  await using target = await run.target.open(run.pair.target, options)
  const [from, to, rows] = await Promise.all([source.folders(), target.folders(), foldersOf(run.ledger.db, run.pair.id)])
  for (const row of rows) {
    const here = from.find(folder => folder.id === row.sourceId && folder.validity === row.sourceValidity)
    const there = to.find(folder => folder.id === row.targetId && folder.validity === row.targetValidity)
    // Of a folder that couldn't be made nothing was migrated, as its row says; its items aren't new.
    if (row.excluded === undefined && row.targetId !== undefined)
      yield await verifyOne({ run, source, target, bytes, signal }, row, here, there)
  }
}

interface Work {
  readonly run: VerifyRun
  readonly source: MailSession
  readonly target: MailSession
  readonly bytes: boolean
  readonly signal: AbortSignal
}

async function verifyOne(work: Work, row: FolderRow, from: Folder | undefined, to: Folder | undefined): Promise<FolderVerification> {
  const { run, source, target, bytes } = work
  const exact = target.traits.exactSizes
  const by = !bytes ? 'listing' : source.traits.keepsBytes && target.traits.keepsBytes ? 'bytes' : 'content'
  let [checked, equal, missing] = [0, 0, 0]
  const different: ItemKey[] = []
  for await (const rows of items(run.ledger.db, row.id, { states: ['done', 'adopted'], limit: bytes ? pageOfBytes : page })) {
    const found = to
      ? await target.infos(
          to,
          rows.flatMap(item => item.targetKey ?? []),
          work.signal,
        )
      : new Map<ItemKey, ItemInfo>()
    const there = rows.filter(item => item.targetKey !== undefined && found.has(item.targetKey))
    const unequal = new Set(there.filter(item => item.state === 'done' && !isAsWritten(item, found.get(item.targetKey ?? ''), exact)))
    if (from && to && by !== 'listing')
      for (const item of await (by === 'bytes' ? unequalBytes : unequalContent)(work, from, to, there)) unequal.add(item)
    checked += rows.length
    missing += rows.length - there.length
    equal += there.length - unequal.size
    different.push(...[...unequal].map(item => item.key))
  }
  const pending = from ? await unknownOf(source, from, new Set(await itemKeys(run.ledger.db, row.id)), work.signal) : 0
  const extra = to ? await unknownOf(target, to, await targetKeysFrom(run.ledger.db, row.id, undefined), work.signal) : 0
  return {
    source: joinPath(row.sourcePath),
    target: joinPath(row.targetPath ?? []),
    checked,
    equal,
    different,
    missing,
    pending,
    extra,
    by,
  }
}

/** Items whose bytes are not the same on both sides; adopted ones may differ in their headers' form, and one gone from the source can't be compared. */
async function unequalBytes({ source, target, signal }: Work, from: Folder, to: Folder, rows: readonly ItemRow[]): Promise<ItemRow[]> {
  const ours = rows.filter(item => item.state === 'done')
  const [here, there] = await Promise.all([
    source.digests(
      from,
      ours.map(item => item.key),
      signal,
    ),
    target.digests(
      to,
      ours.flatMap(item => item.targetKey ?? []),
      signal,
    ),
  ])
  return ours.filter(item => {
    const [one, other] = [here.get(item.key), there.get(item.targetKey ?? '')]
    return one !== undefined && (other === undefined || !one.equals(other))
  })
}

/**
 * Items whose content isn't the same on both sides, of those that both can give as messages. An item that is no message (a meeting, a contact) has nothing to
 * be compared by, and counts as its listing says.
 */
async function unequalContent({ source, target, signal }: Work, from: Folder, to: Folder, rows: readonly ItemRow[]): Promise<ItemRow[]> {
  const ours = rows.filter(item => item.state === 'done' && !isOldVersion(item.key))
  const here = await readPrints(
    source,
    from,
    ours.map(item => item.key),
    signal,
  )
  const there = await readPrints(
    target,
    to,
    ours.flatMap(item => (here.has(item.key) ? (item.targetKey ?? []) : [])),
    signal,
  )
  return ours.filter(item => {
    const [one, other] = [here.get(item.key), there.get(item.targetKey ?? '')]
    return one !== undefined && !(other !== undefined && samePrint(one, other))
  })
}

async function unknownOf(session: MailSession, folder: Folder, known: ReadonlySet<ItemKey>, signal: AbortSignal): Promise<number> {
  let count = 0
  for await (const part of session.find(folder, undefined, signal)) count += part.filter(item => !known.has(item.key)).length
  return count
}
