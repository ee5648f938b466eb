import type { ItemKey } from '../../domain/mail.ts'
import type { FlagsToSet, Folder, Placed, WriteOptions } from '../mailServer.ts'
import { asUid, type SessionContext, throwIfStopped } from './sessionContext.ts'
import { takenFlags } from './takenFlags.ts'
import { fetchEach } from './wire/fetchAll.ts'
import type { FetchFields } from './wire/fetchParser.ts'
import { flagsOnWire } from './wire/flags.ts'
import { inFolder, type OpenFolder } from './wire/inFolder.ts'
import { ascendingRuns, formatUidSet, parseUidSet } from './wire/uidSet.ts'

interface Present {
  readonly flags: readonly string[]
  readonly modseq: string | undefined
}

const uidsPerCommand = 1000

/**
 * Sets messages' flags to exactly these, one STORE for each different set. Answers which were set: those that are gone are left out, and
 * those with other flags than expected. Between looking and storing CONDSTORE keeps off everybody else (UNCHANGEDSINCE, RFC 7162 3.1.3).
 */
export async function storeFlags(
  context: SessionContext,
  folder: Folder,
  changes: readonly FlagsToSet[],
  { signal, deadline }: WriteOptions,
): Promise<Map<ItemKey, Placed>> {
  throwIfStopped(signal, 'setting flags')
  if (changes.length === 0) return new Map()
  const open = await inFolder(context, folder, { writable: true, notBefore: performance.now() })
  const { selection } = open
  const guarded = changes.some(({ expected }) => expected !== undefined) && context.capabilities.has('CONDSTORE')
  const present = await flagsNow(
    open,
    changes.map(({ key }) => asUid(key)),
    guarded,
  )

  const set = new Map<ItemKey, Placed>()
  const groups = new Map<string, number[]>()
  for (const { key, flags, expected } of changes) {
    const uid = asUid(key)
    const now = present.get(uid)
    if (!now || (expected && !same(expected, now.flags))) continue
    const taken = takenFlags(flags, selection)
    const list = `(${flagsOnWire(taken)})`
    groups.set(list, [...(groups.get(list) ?? []), uid])
    set.set(key, taken === flags ? {} : { flags: taken })
  }
  // Whoever changes a message from now on gives it a higher one than any of these has.
  const highest =
    guarded && selection.modseq !== undefined
      ? [...present.values()].reduce((most, { modseq }) => (BigInt(modseq ?? 0) > most ? BigInt(modseq ?? 0) : most), 0n)
      : 0n
  const condition = highest > 0n ? ` (UNCHANGEDSINCE ${highest})` : ''
  const store = async (list: string, run: readonly number[]) => {
    const text = `UID STORE ${formatUidSet(run)}${condition} FLAGS.SILENT ${list}`
    const command = { name: 'UID STORE', text, deadline, weight: 1 + run.length / 100 }
    const tagged = await open.send(command).answer
    if (tagged.code === 'MODIFIED') for (const uid of parseUidSet(tagged.args) ?? []) set.delete(uid)
    else if (tagged.status !== 'OK') throw open.wire.refusal(command, tagged, folder)
  }
  await Promise.all([...groups].flatMap(([list, uids]) => runsOf(uids).map(run => store(list, run))))
  return set
}

const runsOf = (uids: readonly number[]): number[][] =>
  ascendingRuns(
    uids.toSorted((a, b) => a - b),
    uidsPerCommand,
  )

/** The flags the messages have now; those that are gone are left out. */
async function flagsNow(open: OpenFolder, uids: readonly number[], withModseq: boolean): Promise<ReadonlyMap<number, Present>> {
  const present = new Map<number, Present>()
  const sink = {
    fetched({ uid, flags, modseq }: FetchFields) {
      if (flags) present.set(uid, { flags, modseq })
    },
  }
  await fetchEach(open, { uids, items: withModseq ? '(UID FLAGS MODSEQ)' : '(UID FLAGS)', sink, has: uid => present.has(uid) })
  return present
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && new Set([...one, ...other]).size === one.length
