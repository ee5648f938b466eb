import type { Folder } from '../../mailServer.ts'
import type { SessionContext } from '../sessionContext.ts'
import type { FetchSink } from './fetchParser.ts'
import { inFolder, type OpenFolder } from './inFolder.ts'
import { ascendingRuns, formatUidSet } from './uidSet.ts'

/** UIDs to a command; enough to make its round trip pay, few enough for the server to answer others in between. */
const uidsPerCommand = 1000

export interface EachRequest {
  readonly uids: readonly number[]
  /** E.g. `(UID FLAGS)`. */
  readonly items: string
  readonly sink: FetchSink
  /** Whether a message's answer came. */
  readonly has: (uid: number) => boolean
}

/**
 * Asks for the same of many messages, all commands at once. Those that didn't come are asked for once more before they are taken to be gone.
 * Throws when the server refuses.
 */
export async function fetchEach(open: OpenFolder, { uids, items, sink, has }: EachRequest): Promise<void> {
  const wanted = new Set(uids)
  const ask = (some: readonly number[]) =>
    Promise.all(
      ascendingRuns(some, uidsPerCommand).map(run =>
        open.run({
          name: 'UID FETCH',
          text: `UID FETCH ${formatUidSet(run)} ${items}`,
          fetch: { ...sink, wants: uid => wanted.has(uid) },
          weight: 1 + run.length / 200,
        }),
      ),
    )
  await ask([...wanted].sort((a, b) => a - b))
  await ask([...wanted].filter(uid => !has(uid)).sort((a, b) => a - b))
}

/** The same in a folder opened anew for it. */
export async function fetchAll(context: SessionContext, folder: Folder, request: EachRequest): Promise<void> {
  if (request.uids.length > 0) await fetchEach(await inFolder(context, folder, { notBefore: performance.now() }), request)
}
