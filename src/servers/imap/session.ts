import type { ImapFlow } from 'imapflow'
import type { Folder, MailSession, OpenOptions, SessionTraits } from '../mailServer.ts'
import { stopped } from '../stopped.ts'
import { openConnections } from './connections.ts'
import { digests } from './digests.ts'
import { find } from './find.ts'
import { fingerprints } from './fingerprints.ts'
import { createFolderList } from './folderList.ts'
import { incarnation } from './incarnation.ts'
import { fetchInfos } from './infos.ts'
import { move } from './move.ts'
import { read } from './read.ts'
import { remove } from './remove.ts'
import { room } from './room.ts'
import { scan } from './scan.ts'
import { asUid, type SessionContext } from './sessionContext.ts'
import { storeFlags } from './storeFlags.ts'
import { write } from './write.ts'
import { createWriteTargets } from './writeTargets.ts'

export interface SessionDeps {
  readonly host: string
  /** Address of the mailbox, for errors that name it. */
  readonly mailbox: string
  /** Connects and signs in; the client has no mailbox selected. */
  readonly connect: (signal: AbortSignal) => Promise<ImapFlow>
  /** Milliseconds of silence after which a server that owes an answer is given up. Default: a minute. */
  readonly silence?: number
}

/** Opens a mailbox: signs in once, so that a refusal is known before anything else is tried. Further connections are opened when there is work for them. */
export async function openImapSession(deps: SessionDeps, options: OpenOptions): Promise<MailSession> {
  const { context, pool, control } = await openConnections(deps, options)
  const end = () => {
    pool.destroy(stopped(options.signal, 'session'))
    control.close()
  }
  options.signal.addEventListener('abort', end, { once: true })
  const targets = createWriteTargets(context)
  const list = createFolderList(context, control)
  const bin = async (): Promise<Folder | undefined> => (await list.known()).find(folder => folder.role === 'deleted' && folder.selectable)

  return {
    traits: traitsOf(context),
    incarnation: () => incarnation(context, () => list.known()),
    identity: async () => undefined,
    folders: () => list.read(),
    room: () => room(context),
    scan: (folder, scanOptions) => scan(context, folder, scanOptions),
    read: (folder, keys, readOptions) => read(context, folder, keys, readOptions),
    digests: (folder, keys, signal) => digests(context, folder, keys, signal),
    fingerprints: (folder, keys, signal) => fingerprints(context, folder, keys, signal),
    ensureFolders: (wanted, signal) => list.ensure(wanted, signal),
    write: (folder, items, writeOptions) => write({ context, targets, folder, options: writeOptions }, items),
    find: (folder, next, signal) => find(context, folder, next, signal),
    infos: (folder, keys, signal) => fetchInfos(context, folder, keys.map(asUid), signal),
    setFlags: (folder, changes, writeOptions) => storeFlags(context, folder, changes, writeOptions),
    move: (folder, keys, to, writeOptions) => move(context, folder, keys, to, writeOptions),
    remove: async (folder, keys, writeOptions) => remove(context, folder, keys, await bin(), writeOptions),
    async [Symbol.asyncDispose]() {
      options.signal.removeEventListener('abort', end)
      control.close()
      pool.close()
    },
  }
}

const traitsOf = (context: SessionContext): SessionTraits => ({
  formats: ['rfc822'],
  get exactSizes() {
    return context.exactSizes
  },
  keepsBytes: true,
  marks: [],
  ...(context.appendLimit !== undefined && { maxItemSize: context.appendLimit }),
  // UIDs belong to a folder.
  stableAcrossMoves: false,
  movesAsNew: true,
  writesAnswerKeys: context.capabilities.has('UIDPLUS'),
})
