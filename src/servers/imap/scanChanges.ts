import type { Checkpoint, Folder, FolderChanges } from '../mailServer.ts'
import { type Stand, writeCheckpoint } from './checkpoint.ts'
import { infoItems, infoOf } from './infos.ts'
import type { SessionContext } from './sessionContext.ts'
import type { FetchFields } from './wire/fetchParser.ts'
import { fetchRange } from './wire/fetchRange.ts'
import { inFolder, type OpenFolder } from './wire/inFolder.ts'
import { searchUids } from './wire/searchUids.ts'
import { cut, uidPages } from './wire/uidPages.ts'
import { parseUidRanges, type UidRanges, within } from './wire/uidRanges.ts'
import type { Wire } from './wire/wire.ts'

type FlagChange = FolderChanges['flags'][number]

const flagsOf = ({ uid, flags }: FetchFields): FlagChange | undefined => (flags ? { key: uid, flags } : undefined)

/**
 * What changed since a checkpoint, in one round trip where the server remembers: QRESYNC tells changed flags and what vanished (RFC 7162 3.2.5),
 * CONDSTORE the flags, so that only a count that doesn't add up needs a search; without either all flags are read again.
 * `known` ascending; of an interrupted run it has messages that came after the checkpoint, which only the listing of the new ones tells of.
 */
export async function* scanChanges(
  context: SessionContext,
  folder: Folder,
  stand: Stand,
  known: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<FolderChanges, Checkpoint> {
  const since = performance.now()
  const knownThen = known.filter(uid => uid < stand.next)
  const changed: FlagChange[] = []
  const gone: (readonly [number, number])[] = []
  const canResync = (wire: Wire): boolean => stand.modseq !== undefined && wire.enabled.has('QRESYNC')
  const open = await inFolder(context, folder, {
    notBefore: since,
    parameters: wire => (canResync(wire) ? `(QRESYNC (${stand.validity} ${stand.modseq}))` : undefined),
    fetch: {
      fetched(fields: FetchFields) {
        const change = fields.uid < stand.next ? flagsOf(fields) : undefined
        if (change) changed.push(change)
      },
    },
    data(kind: string, _number: number, rest: string) {
      const earlier = kind === 'VANISHED' ? /^\(EARLIER\) ([\d:,]+)/i.exec(rest)?.[1] : undefined
      if (earlier !== undefined) gone.push(...(parseUidRanges(earlier) ?? []))
      return true
    },
  })
  const resync = canResync(open.wire)
  const { selection } = open
  const fresh = fetchRange(open, { from: stand.next, items: infoItems, pick: infoOf })
  fresh.catch(() => {})
  const asksForChanges = !resync && stand.modseq !== undefined && context.capabilities.has('CONDSTORE') && stand.next > 1
  const reflagged = asksForChanges
    ? fetchRange(open, { from: 1, to: stand.next - 1, items: `(UID FLAGS) (CHANGEDSINCE ${stand.modseq})`, pick: flagsOf })
    : undefined
  reflagged?.catch(() => {})
  await selection.opened

  const { exists, uidNext, modseq } = selection
  // Some servers won't have a range in an empty folder.
  const items = exists === 0 ? [] : (await fresh).filter(({ key }) => uidNext === undefined || Number(key) < uidNext)
  for (const part of cut(items)) yield { items: part, flags: [], vanished: [] }
  // NOMODSEQ: this folder lost its memory, so everything has to be read again.
  const remembers = modseq !== undefined && (resync || reflagged !== undefined)
  let vanished: readonly number[] = within(knownThen, gone)
  if (remembers) {
    for (const flags of cut([...changed, ...((await reflagged) ?? [])])) yield { items: [], flags, vanished: [] }
  } else {
    const seen = new Set<number>()
    const all = { first: 1, next: stand.next, items: '(UID FLAGS)', pick: flagsOf, signal, since }
    for await (const flags of uidPages(context, folder, all)) {
      for (const { key } of flags) seen.add(Number(key))
      yield { items: [], flags, vanished: [] }
    }
    vanished = knownThen.filter(uid => !seen.has(uid))
  }
  // Only what the server itself says is gone counts, so a sum that doesn't come out is looked into.
  if (knownThen.length - vanished.length + items.length !== exists) vanished = await searched(context, folder, knownThen, stand.next - 1)
  const listed = new Set(items.map(({ key }) => key))
  const unlisted = known.filter(uid => uid >= stand.next && !listed.has(uid))
  yield { items: [], flags: [], vanished: [...vanished, ...(await searched(context, folder, unlisted, unlisted.at(-1) ?? 0))] }
  const highest = items.reduce((most, { key }) => Math.max(most, Number(key)), stand.next - 1)
  return writeCheckpoint({
    validity: folder.validity,
    next: uidNext ?? highest + 1,
    messages: exists,
    ...(modseq !== undefined && { modseq }),
  })
}

/** Those of the known ones that the server doesn't have any more. */
async function searched(context: SessionContext, folder: Folder, known: readonly number[], last: number): Promise<readonly number[]> {
  if (known.length === 0) return []
  const open: OpenFolder = await inFolder(context, folder, { notBefore: performance.now() })
  const ranges: UidRanges = await searchUids(context, open, last)
  const present = new Set(within(known, ranges))
  return known.filter(uid => !present.has(uid))
}
