import { z } from 'zod'
import type { Role } from '../../../domain/connection.ts'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { ItemDetails, ItemKey } from '../../../domain/mail.ts'
import type { Mailbox } from '../../../domain/pair.ts'
import type { Folder, MailSession, OpenOptions, SessionTraits } from '../../mailServer.ts'
import { type FolderTree, holdsDeleted } from '../../mapi/folderTree.ts'
import type { GraphTransport } from '../graph/graphTransport.ts'
import { withArchive } from './archiveTree.ts'
import { digests } from './digests.ts'
import { find } from './find.ts'
import { fingerprints } from './fingerprints.ts'
import { listFolders } from './folderTree.ts'
import { createImportAddress } from './importAddress.ts'
import { infos } from './infos.ts'
import { ensureFolders } from './makeFolders.ts'
import { move } from './move.ts'
import { readJson } from './pages.ts'
import { read } from './read.ts'
import { remove } from './remove.ts'
import { replace } from './replace.ts'
import { scan } from './scan.ts'
import { ask } from './send.ts'
import { mostOfMessage } from './sendWrite.ts'
import type { SessionContext } from './sessionContext.ts'
import { setFlags } from './setFlags.ts'
import { stamp } from './stamp.ts'
import { createStores } from './stores.ts'
import { transferStore } from './transferStore.ts'
import { write } from './write.ts'

export interface Office365SessionDeps {
  /** Signed in. Stays the caller's: it serves other sessions too, and counts their limits. */
  readonly transport: GraphTransport
  /** By its Entra object id where it is known. */
  readonly mailbox: Mailbox
  /** Of Graph, for errors that name it. */
  readonly host: string
  /** The connection's name, for errors that name it. */
  readonly connection: string
  /** What the connection is used for. */
  readonly role: Role
  /** Who signs in: a user name or a client id, for errors that name it. */
  readonly admin: string
  /** The cloud has the mailbox import and export API. Whether this mailbox can be reached by it is asked for. */
  readonly importExport: boolean
  /** Milliseconds before what came to nothing is tried again for the first time; doubled each time. Default: half a second. */
  readonly pause?: number
  /** Milliseconds after which lists surely show what was written. Default: ten seconds. */
  readonly settle?: number
}

/** Opens a mailbox: looks whose it is, and at its root folder, so that a refusal is known before anything else is tried. */
export async function openOffice365Session(deps: Office365SessionDeps, options: OpenOptions): Promise<MailSession> {
  const opened = await openContext(deps, options)
  const store = deps.importExport ? await transferStore(opened, deps.role, options.signal) : undefined
  const context = { ...opened, store: isError(store) ? undefined : store }
  const stores = createStores(context)
  const at = ({ id }: Folder): SessionContext => stores.of(id)
  let tree: FolderTree | undefined
  const list = async () => {
    tree = await withArchive(context, stores, await listFolders(context, options.signal), options.signal)
    return tree
  }
  const known = async () => tree ?? list()
  const isDeletedItems = async (folder: Folder) => holdsDeleted(await known(), folder)

  return {
    traits: traitsOf(context),
    incarnation: async () => `${context.owner.id ?? ''} ${(await known()).root}`,
    identity: async () => context.owner,
    folders: async () => (await list()).folders,
    scan: (folder, scanOptions) => scan(at(folder), folder, scanOptions),
    read: (folder, keys, readOptions) => read(at(folder), folder, keys, readOptions),
    digests: (folder, keys, signal) => digests(at(folder), folder, keys, signal),
    fingerprints: (folder, keys, signal) => fingerprints(at(folder), folder, keys, signal),
    ensureFolders: (wanted, signal) => ensureFolders(stores, list, wanted, signal),
    write: (folder, items, writeOptions) => write({ context: at(folder), folder, options: writeOptions }, items),
    stamp: (folder, items, writeOptions) => stamp(at(folder), folder, items, writeOptions),
    replace: (folder, items, writeOptions) => replace(at(folder), folder, items, writeOptions),
    find: (folder, next, signal) => find(at(folder), folder, next, signal),
    infos: async (folder, keys, signal) => infos(at(folder), folder, keys, signal, (await known()).folders),
    setFlags: (folder, changes, writeOptions) => setFlags(at(folder), folder, changes, writeOptions),
    move: (folder, keys, to, writeOptions) => move(at(folder), folder, keys, to, writeOptions),
    remove: async (folder, keys, writeOptions) => remove(at(folder), folder, keys, await isDeletedItems(folder), writeOptions),
    async [Symbol.asyncDispose]() {},
  }
}

const userSchema = z.object({ id: z.string().min(1), mail: z.string().nullish(), userPrincipalName: z.string().nullish() })

/** Whose mailbox it is, opened for messages. */
export async function openContext(deps: Office365SessionDeps, options: OpenOptions): Promise<SessionContext> {
  const { transport, mailbox, host, connection, admin, pause = 500, settle = 10_000 } = deps
  const { signal } = options
  const first: SessionContext = {
    host,
    connection,
    admin,
    owner: mailbox,
    user: userPath(mailbox),
    mail: true,
    store: undefined,
    transport,
    options,
    pause,
    settle,
    ahead: { bytes: 0, most: options.readAhead ?? Number.POSITIVE_INFINITY },
    details: new Map<ItemKey, ItemDetails>(),
    stamped: new Map(),
    importAddress: createImportAddress(),
    serverTime: Date.now(),
    lastWrite: performance.now(),
  }
  const owner = await ownerOf(first, signal)
  const named: SessionContext = { ...first, owner, user: userPath(owner) }
  const operation = 'GET mailFolders/msgfolderroot'
  await ask(
    named,
    { method: 'GET', path: `${named.user}/mailFolders/msgfolderroot?$select=id` },
    { operation, signal, needs: ['Mail.ReadWrite'] },
  )
  return named
}

const userPath = ({ id, address }: Mailbox): string => `/users/${encodeURIComponent(id ?? address)}`

/** Today's address by the lasting id, or the id by the address. */
async function ownerOf(context: SessionContext, signal: AbortSignal): Promise<Mailbox> {
  const operation = 'GET users/{id}'
  const path = `${context.user}?$select=id,mail,userPrincipalName`
  const { json } = await ask(context, { method: 'GET', path }, { operation, signal, needs: ['User.Read.All'] })
  const { id, mail, userPrincipalName } = readJson(context, userSchema, json, operation)
  const address = mail || userPrincipalName || context.owner.address
  if (context.owner.id !== undefined && context.owner.id.toLowerCase() !== id.toLowerCase())
    throw new MailferryError('mailbox.notFound', { mailbox: context.owner.address, connection: context.connection })
  return { ...context.owner, address, id }
}

const traitsOf = ({ store }: SessionContext): SessionTraits => ({
  formats: store === undefined ? ['rfc822'] : ['mailboxItem', 'rfc822'],
  // Exchange's stream is FastTransfer too, but nobody documents that it is the same.
  ...(store !== undefined && { unproven: ['fts'] as const }),
  // PidTagMessageSize counts properties, not the bytes of any format.
  exactSizes: false,
  keepsBytes: false,
  marks: ['rfc822'],
  replaces: ['mailboxItem', 'fts'],
  maxItemSize: mostOfMessage,
  stableAcrossMoves: true,
  foldsCase: true,
  writesAnswerKeys: true,
})
