import { astring, type RawImap, type Response, signInRaw } from '../support/rawImap.ts'
import { type ListedFolder, listFolders } from './floorFolders.ts'

/*
 * What the protocol allows: a copier without ledger, retries or checks. FETCHes are all sent at once and overlap with MULTIAPPEND (RFC 3502);
 * nothing waits for an answer that it doesn't need. Everything real is measured against it.
 */

export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
}

/** What a copy left behind for the next: where each folder stood, and which target UID each source UID became. */
export type FloorState = Record<string, FolderState>

interface FolderState {
  readonly uidValidity: string
  readonly uidNext: number
  readonly modseq: string
  readonly uids: [number, number][]
}

interface Lane {
  readonly source: RawImap
  readonly target: RawImap
}

/** Source bytes in memory, over all lanes, before reading stops. */
const budget = 32e6
const batchItems = 50
const batchBytes = 2e6

/** Copies a mailbox into an empty one, or what changed since `state`; answers the state for the next time. */
export async function floorCopy(from: Endpoint, to: Endpoint, state: FloorState = {}, laneCount = 2): Promise<FloorState> {
  const lanes: Lane[] = await Promise.all(
    Array.from({ length: laneCount }, async () => {
      const [source, target] = await Promise.all(
        [from, to].map(({ host, port, user, password }) => signInRaw({ host, port }, user, password)),
      )
      if (!source || !target) throw new Error('no connection')
      return { source, target }
    }),
  )
  const [first] = lanes
  if (!first) throw new Error('a copy needs a lane')
  try {
    const listed = await listFolders(first.source)
    await makeFolders(
      first.target,
      listed.filter(({ name }) => !(name in state)),
    )
    const changed = listed.filter(folder => folder.modseq !== state[folder.name]?.modseq || folder.uidNext !== state[folder.name]?.uidNext)
    const backlog = { bytes: 0 }
    const copied = await Promise.all(
      spread(changed, lanes).map(([lane, folders]) =>
        Promise.all(folders.map(folder => copyFolder(lane, folder, state[folder.name], backlog))),
      ),
    )
    return { ...state, ...Object.fromEntries(copied.flat()) }
  } finally {
    await Promise.all(lanes.flatMap(({ source, target }) => [source[Symbol.asyncDispose](), target[Symbol.asyncDispose]()]))
  }
}

async function makeFolders(target: RawImap, folders: readonly ListedFolder[]): Promise<void> {
  await Promise.all(
    folders.flatMap(({ name, subscribed }) => [
      ...(name === 'INBOX' ? [] : [target.command(['CREATE ', astring(name)])]),
      ...(subscribed ? [target.command(['SUBSCRIBE ', astring(name)])] : []),
    ]),
  )
}

/** The largest folder to the emptiest lane, again and again. */
function spread(folders: readonly ListedFolder[], lanes: readonly Lane[]): [Lane, ListedFolder[]][] {
  const loads = lanes.map(lane => ({ lane, folders: [] as ListedFolder[], messages: 0 }))
  for (const folder of folders.toSorted((a, b) => b.messages - a.messages)) {
    const lightest = loads.reduce((least, load) => (load.messages < least.messages ? load : least))
    lightest.folders.push(folder)
    lightest.messages += folder.messages
  }
  return loads.map(load => [load.lane, load.folders])
}

async function copyFolder(
  { source, target }: Lane,
  folder: ListedFolder,
  before: FolderState | undefined,
  backlog: { bytes: number },
): Promise<[string, FolderState]> {
  const uids = [...(before?.uids ?? [])]
  const name = astring(folder.name)
  const writes: Promise<unknown>[] = []
  let selected = false
  let batch: { uid: number; parts: (string | Buffer)[]; bytes: number }[] = []
  const select = () => {
    // Appending to the selected folder spares Dovecot opening it for every command.
    if (!selected) writes.push(target.command(['SELECT ', name]))
    selected = true
  }
  const flush = () => {
    if (batch.length === 0) return
    const sent = batch
    batch = []
    select()
    const bytes = sent.reduce((sum, message) => sum + message.bytes, 0)
    backlog.bytes += bytes
    if (backlog.bytes > budget) source.pause()
    const written = target.command(['APPEND ', name, ...sent.flatMap(({ parts }) => parts)]).then(answer => {
      backlog.bytes -= bytes
      if (backlog.bytes < budget) source.resume()
      const targetUids = appendUids(answer)
      for (const [index, { uid }] of sent.entries()) uids.push([uid, targetUids[index] ?? 0])
    })
    writes.push(written)
  }
  const take = (response: Response) => {
    const message = readFetch(response)
    if (!message || message.uid < (before?.uidNext ?? 1)) return
    const [body = Buffer.alloc(0)] = response.literals
    batch.push({ uid: message.uid, bytes: body.length, parts: [` (${message.flags}) "${message.date}" `, body] })
    if (batch.length >= batchItems || batch.reduce((sum, { bytes }) => sum + bytes, 0) >= batchBytes) flush()
  }

  const known = new Map(before?.uids)
  const restore = (response: Response) => {
    const message = readFetch(response)
    const targetUid = message && known.get(message.uid)
    if (targetUid === undefined) return
    select()
    writes.push(target.command([`UID STORE ${targetUid} FLAGS.SILENT (${message?.flags})`]))
  }
  // Dovecot may answer the second FETCH before it ends the first, so both take what comes.
  const receive = (response: Response) => (response.text.includes('INTERNALDATE') ? take(response) : restore(response))
  const reads = [source.command(['EXAMINE ', name])]
  if (before)
    reads.push(source.command([`UID FETCH 1:${Math.max(1, before.uidNext - 1)} (FLAGS) (CHANGEDSINCE ${before.modseq})`], receive))
  if (folder.messages > 0) reads.push(source.command([`UID FETCH ${before?.uidNext ?? 1}:* (UID FLAGS INTERNALDATE BODY.PEEK[])`], receive))
  await Promise.all(reads)
  flush()
  await Promise.all(writes)
  return [folder.name, { uidValidity: folder.uidValidity, uidNext: folder.uidNext, modseq: folder.modseq, uids }]
}

function readFetch({ text }: Response): { uid: number; flags: string; date: string } | undefined {
  const uid = /[( ]UID (\d+)/.exec(text)?.[1]
  const flags = /FLAGS \(([^)]*)\)/.exec(text)?.[1]
  if (uid === undefined || flags === undefined) return undefined
  const date = /INTERNALDATE "([^"]+)"/.exec(text)?.[1] ?? ''
  return { uid: Number(uid), flags: flags.replace(/ ?\\Recent/, '').trim(), date }
}

/** `[APPENDUID 17 1:3,9]` → 1, 2, 3, 9 (RFC 4315). */
const appendUids = (answer: string): number[] =>
  (/APPENDUID \d+ ([\d:,]+)/.exec(answer)?.[1] ?? '').split(',').flatMap(range => {
    const [start = 0, end = start] = range.split(':').map(Number)
    return Array.from({ length: end - start + 1 }, (_, index) => start + index)
  })
