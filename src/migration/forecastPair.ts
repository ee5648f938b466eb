import { asMailferryError } from '../domain/asMailferryError.ts'
import { MailferryError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import type { ContentFormat } from '../domain/mail.ts'
import { foldersOf } from '../ledger/folders.ts'
import { itemKeys } from '../ledger/items.ts'
import type { Reader } from '../ledger/ledger.ts'
import type { FolderRow, PairRow } from '../ledger/rows.ts'
import type { Folder, MailServer, MailSession } from '../servers/mailServer.ts'
import { type Amount, type Filtered, type FolderForecast, nothing, type PairForecast, plus, plusFiltered } from './forecast.ts'
import { inParallel } from './inParallel.ts'
import { ladder } from './openPair.ts'
import { carriedIn, closedAbove } from './rules/archive.ts'
import { withinFilters } from './rules/filterFolder.ts'
import { itemFilter } from './rules/filterItem.ts'
import { type FolderMapping, mapFolders } from './rules/mapFolders.ts'
import { storedError } from './storedError.ts'

/** What is needed to look at a job's mailboxes. */
export interface Look {
  readonly db: Reader
  readonly job: Job
  readonly source: MailServer
  readonly target: MailServer
  /** To each of the two servers, for one pair. */
  readonly connections: number
  readonly signal: AbortSignal
  /** Why a run would write nothing into a pair's target mailbox, asked before it is opened. */
  readonly refusal?: (pair: PairRow, signal: AbortSignal) => Promise<MailferryError | undefined>
}

/** A look into a pair's source while it is open, e.g. to measure it; `format`: the best that its target takes. */
export type Peek = (source: MailSession, folders: readonly Folder[], format: ContentFormat | undefined) => Promise<void>

const foldersAtOnce = 8

/**
 * Opens both mailboxes of a pair and tells what a run would copy, by the rules that the run itself uses. Lists every folder that is to be
 * migrated, for sizes and dates decide; reads no content and changes nothing. Mailboxes that don't open are told in the forecast.
 */
export async function forecastPair(look: Look, pair: PairRow, peek?: Peek): Promise<PairForecast> {
  const names = { source: pair.source.address, target: pair.target.address }
  try {
    return { ...names, ...(await lookInto(look, pair, peek)) }
  } catch (thrown) {
    look.signal.throwIfAborted()
    const error = storedError(asMailferryError(thrown))
    return { ...names, error, formats: [], folders: [], copy: nothing, filtered: {}, tooLarge: nothing }
  }
}

async function lookInto(look: Look, pair: PairRow, peek: Peek | undefined): Promise<Omit<PairForecast, 'source' | 'target'>> {
  const { db, job, signal } = look
  const refusal = await look.refusal?.(pair, signal)
  if (refusal !== undefined) throw refusal
  await using sessions = await openBoth(look, pair)
  const { source, target } = sessions
  const [from, to, rows] = await Promise.all([source.folders(), target.folders(), foldersOf(db, pair.id)])
  const isIn = withinFilters(job.settings.filters)
  const formats = ladder(source, target, job.settings.unprovenTransfer)
  await peek?.(source, from, formats[0])
  const isCarried = carriedIn(formats, from, to)
  const decided = new Map(rows.flatMap(row => (row.targetPath ? [[row.sourceId, row.targetPath] as const] : [])))
  const { mappings } = mapFolders(
    from.filter(folder => isIn(folder) && isCarried(folder) && folder.closed === undefined),
    to,
    { explicit: job.settings.folderMap, decided, caseSensitive: target.traits.foldsCase !== true },
  )
  const known = new Map(rows.map(row => [JSON.stringify(row.sourcePath), row]))
  const holders = from.filter(folder => folder.selectable)
  const folders: FolderForecast[] = [
    ...holders.filter(folder => !isIn(folder)).map(folder => leftOut(folder, 'folderExcluded')),
    ...holders.filter(folder => isIn(folder) && !isCarried(folder)).map(folder => leftOut(folder, 'folderNotCarried')),
    ...closedFolders(holders.filter(isIn)),
  ]
  const limit = target.traits.maxItemSize
  const counting = inParallel(mappings, foldersAtOnce, mapping =>
    countFolder(
      look,
      source,
      mapping,
      known.get(JSON.stringify(mapping.source.path)),
      limit ?? Number.POSITIVE_INFINITY,
      closedAbove(to, mapping.path),
    ),
  )
  for await (const folder of counting) folders.push(folder)
  signal.throwIfAborted()
  const room = await target.room?.(signal)
  return {
    formats,
    folders: folders.toSorted((a, b) => (a.source.join('\0') < b.source.join('\0') ? -1 : 1)),
    copy: folders.reduce((sum, folder) => plus(sum, folder.copy), nothing),
    filtered: folders.reduce<Filtered>((sum, folder) => plusFiltered(sum, folder.filtered), {}),
    tooLarge: folders.reduce((sum, folder) => plus(sum, folder.tooLarge), nothing),
    ...(limit !== undefined && { largest: limit }),
    ...(room !== undefined && { room }),
  }
}

const closedFolders = (folders: readonly Folder[]): FolderForecast[] =>
  folders.flatMap(({ path, closed }) =>
    closed ? [{ source: path, exists: false, copy: nothing, known: 0, filtered: {}, tooLarge: nothing, error: storedError(closed) }] : [],
  )

/** Of a folder that isn't looked into only the number of its messages is known. */
const leftOut = ({ path, count }: Folder, reason: 'folderExcluded' | 'folderNotCarried'): FolderForecast => ({
  source: path,
  exists: false,
  copy: nothing,
  known: 0,
  filtered: { [reason]: { items: count, bytes: 0 } },
  tooLarge: nothing,
})

async function countFolder(
  { db, job, signal }: Look,
  source: MailSession,
  { source: from, path, target, by, because }: FolderMapping<Folder, Folder>,
  row: FolderRow | undefined,
  limit: number,
  closedAbove: MailferryError | undefined,
): Promise<FolderForecast> {
  const migrated = new Set(row?.sourceValidity === from.validity ? await itemKeys(db, row.id, ['done', 'adopted']) : [])
  const filter = itemFilter(job.settings.filters)
  const place = {
    source: from.path,
    target: path,
    exists: target !== undefined,
    by,
    ...(because && { because: because.path }),
    ...(from.role === 'archiveMailbox' && {
      archive: target?.role === 'archiveMailbox' ? ('intoArchive' as const) : ('intoFolder' as const),
    }),
    ...(closedAbove && { error: storedError(closedAbove) }),
  }
  let copy: Amount = nothing
  let tooLarge: Amount = nothing
  let filtered: Filtered = {}
  let known = 0
  try {
    for await (const { items } of source.scan(from, { signal })) {
      for (const item of items) {
        const amount: Amount = { items: 1, bytes: item.size }
        const reason = filter(item)
        if (migrated.has(item.key)) known++
        else if (reason) filtered = plusFiltered(filtered, { [reason]: amount })
        else if (item.size > limit) tooLarge = plus(tooLarge, amount)
        else copy = plus(copy, amount)
      }
    }
    return { ...place, copy, known, filtered, tooLarge }
  } catch (thrown) {
    if (!(thrown instanceof MailferryError) || thrown.remedy !== 'permanent') throw thrown
    return { ...place, copy, known, filtered, tooLarge, error: storedError(thrown) }
  }
}

async function openBoth({ job, source, target, connections, signal }: Look, pair: PairRow) {
  const options = { signal, connections, archives: job.settings.archives ?? false }
  const opened = await Promise.allSettled([source.open(pair.source, options), target.open(pair.target, options)])
  const [from, to] = opened
  const close = async () => {
    for (const side of opened) if (side.status === 'fulfilled') await side.value[Symbol.asyncDispose]()
  }
  if (from.status === 'fulfilled' && to.status === 'fulfilled') {
    return { source: from.value, target: to.value, [Symbol.asyncDispose]: close }
  }
  await close()
  throw from.status === 'rejected' ? from.reason : to.status === 'rejected' ? to.reason : new Error('unreachable')
}
