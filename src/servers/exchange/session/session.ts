import type { Mailbox } from '../../../domain/pair.ts'
import type { Folder, MailSession, OpenOptions, SessionTraits } from '../../mailServer.ts'
import { type FolderTree, holdsDeleted } from '../../mapi/folderTree.ts'
import { RequestTrouble } from '../soap/answer.ts'
import { schemaVersionOf } from '../soap/envelope.ts'
import { troubleOfMessage } from '../soap/trouble.ts'
import type { EwsTransport } from '../transport/ewsTransport.ts'
import { withArchive } from './archiveTree.ts'
import { digests } from './digests.ts'
import { ensureFolders } from './ensureFolders.ts'
import { find } from './find.ts'
import { fingerprints } from './fingerprints.ts'
import { listFolders } from './folderTree.ts'
import { infos } from './infos.ts'
import { move } from './move.ts'
import { getFolder } from './operations.ts'
import { itemsAtOnce, read } from './read.ts'
import { createBatchReader } from './readBatch.ts'
import { remove } from './remove.ts'
import { replace } from './replace.ts'
import { createRequestGate, type RequestGate, usualConcurrency } from './requestGate.ts'
import { scan } from './scan.ts'
import { createPatience, noteTrouble, sendOnce } from './send.ts'
import { distinguishedFolder, requestOf, type SessionContext } from './sessionContext.ts'
import { setFlags } from './setFlags.ts'
import { stamp } from './stamp.ts'
import { createUploader, write } from './write.ts'

export interface ExchangeSessionDeps {
  /** Signed in as the admin account. Stays the caller's: it may serve other sessions too. */
  readonly transport: EwsTransport
  readonly mailbox: Mailbox
  /** The connection's name, for errors that name it. */
  readonly connection: string
  /** The admin account's user name, for errors that name it. */
  readonly admin: string
  readonly access: 'impersonation' | 'delegate'
  /** `major.minor…`; asked of the server where it isn't known. */
  readonly serverVersion?: string
  /** The mailbox with its immutable id that has this address today. */
  readonly identity: (address: string) => Promise<Mailbox | undefined>
  /** What the requests of several sessions share whose budget is one. Default: a gate of the session's own. */
  readonly gate?: RequestGate
  /** Milliseconds before what came to nothing is tried again for the first time; doubled each time. Default: half a second. */
  readonly pause?: number
}

/** Bytes of content that are read and written with one request; a share of what a job may hold in memory. */
const batchBytes = 4_000_000

/** Bytes of content in one request at most: with base64 below the 13 MB that Exchange 2010 takes, and soon done for one that may run a minute. */
const usualWriteLimit = 8_000_000

/** Opens a mailbox: looks at its root folder, so that a refusal is known before anything else is tried. */
export async function openExchangeSession(deps: ExchangeSessionDeps, options: OpenOptions): Promise<MailSession> {
  const { transport, mailbox, connection, admin, access } = deps
  const first: SessionContext = {
    host: new URL(transport.url).hostname,
    connection,
    admin,
    mailbox: mailbox.address,
    access,
    transport,
    gate: deps.gate ?? createRequestGate(Math.min(options.requests ?? options.connections, usualConcurrency(deps.serverVersion))),
    version: schemaVersionOf(deps.serverVersion),
    options,
    pause: deps.pause ?? 500,
    ahead: { bytes: 0, most: options.readAhead ?? Number.POSITIVE_INFINITY },
    writeLimit: { bytes: usualWriteLimit },
    serverTime: Date.now(),
  }
  const told = await look(first, options.signal)
  const context: SessionContext = { ...first, version: schemaVersionOf(deps.serverVersion ?? told) }
  const readBatch = createBatchReader({ items: itemsAtOnce, bytes: batchBytes })
  const upload = createUploader({ items: itemsAtOnce, bytes: batchBytes })
  let tree: FolderTree | undefined
  const list = async () => {
    tree = await withArchive(context, await listFolders(context, options.signal), options.signal)
    return tree
  }
  const known = async () => tree ?? list()
  /** Asked once: the mailbox is open. */
  let owner: Promise<Mailbox | undefined> | undefined
  const identity = () => {
    owner ??= deps.identity(mailbox.address).catch((error: unknown) => {
      owner = undefined
      throw error
    })
    return owner
  }
  const isDeletedItems = async (folder: Folder) => holdsDeleted(await known(), folder)

  return {
    traits: traitsOf(context),
    async incarnation() {
      const [{ root }, owner] = await Promise.all([known(), identity()])
      return owner?.id === undefined ? root : `${owner.id} ${root}`
    },
    identity,
    folders: async () => (await list()).folders,
    scan: (folder, scanOptions) => scan(context, folder, scanOptions),
    read: (folder, keys, readOptions) => read(context, readBatch, folder, keys, readOptions),
    digests: (folder, keys, signal) => digests(context, folder, keys, signal),
    fingerprints: (folder, keys, signal) => fingerprints(context, folder, keys, signal),
    ensureFolders: (wanted, signal) => ensureFolders(context, list, wanted, signal),
    write: (folder, items, writeOptions) => write({ context, folder, options: writeOptions }, items, upload),
    stamp: (folder, items, writeOptions) => stamp(context, folder, items, writeOptions),
    replace: (folder, items, writeOptions) => replace(context, folder, items, writeOptions, upload),
    find: (folder, next, signal) => find(context, folder, next, signal),
    infos: (folder, keys, signal) => infos(context, folder, keys, signal),
    setFlags: (folder, changes, writeOptions) => setFlags(context, folder, changes, writeOptions),
    move: (folder, keys, to, writeOptions) => move(context, folder, keys, to, writeOptions),
    remove: async (folder, keys, writeOptions) => remove(context, folder, keys, await isDeletedItems(folder), writeOptions),
    async [Symbol.asyncDispose]() {},
  }
}

/** Looks at the mailbox's root folder; answers the server's version. Throws why the mailbox can't be opened. */
async function look(context: SessionContext, signal: AbortSignal): Promise<string | undefined> {
  const about = { operation: 'GetFolder', signal }
  const patience = createPatience(context, about, signal)
  for (;;) {
    try {
      let version: string | undefined
      const body = requestOf(context, [getFolder([distinguishedFolder(context, 'msgfolderroot')], '')])
      for await (const part of sendOnce(context, { ...about, body })) {
        if ('version' in part) version = part.version
        const trouble = 'message' in part ? troubleOfMessage(part.message) : undefined
        if (!trouble) continue
        noteTrouble(context, trouble)
        // Exchange hides what a delegate may not see.
        throw new RequestTrouble(trouble.meaning === 'folderGone' ? { ...trouble, meaning: 'actAsDenied' } : trouble)
      }
      return version
    } catch (thrown) {
      await patience.after(thrown)
    }
  }
}

const traitsOf = ({ version }: SessionContext): SessionTraits => ({
  // ExportItems and UploadItems came with Exchange 2010 SP1.
  formats: version === 'Exchange2007_SP1' || version === 'Exchange2010' ? ['rfc822'] : ['fts', 'rfc822'],
  // PidTagMessageSize counts properties, not the bytes of any format.
  exactSizes: false,
  keepsBytes: false,
  marks: ['rfc822'],
  // MIME can't be put into an item: an update adds its recipients and attachments to those there are.
  replaces: ['fts'],
  stableAcrossMoves: false,
  foldsCase: true,
  writesAnswerKeys: true,
  keysOfMailbox: true,
  batchBytes,
})
