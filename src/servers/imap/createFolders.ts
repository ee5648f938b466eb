import { MailferryError } from '../../domain/errors.ts'
import type { FolderRole } from '../../domain/mail.ts'
import type { NewFolder } from '../mailServer.ts'
import { classifyResponse } from './errors.ts'
import { type FolderIndex, indexFolders, type KnownFolder } from './foldersIndex.ts'
import { type Namespace, pathOfId } from './names.ts'

/** `use`: the SPECIAL-USE attribute to make it with (RFC 6154 5). `id` as in `names.ts`. */
export type FolderCommand =
  | { readonly verb: 'CREATE'; readonly id: string; readonly use?: string }
  | { readonly verb: 'SUBSCRIBE'; readonly id: string }

/** A tagged response: `code` in upper case without brackets. */
export interface FolderAnswer {
  readonly status: 'OK' | 'NO' | 'BAD'
  readonly code: string | undefined
  readonly text: string
}

export interface CreateFoldersDeps {
  readonly host: string
  /** Address, for `mailbox.full`. */
  readonly mailbox: string
  readonly existing: readonly KnownFolder[]
  readonly namespace: Namespace
  /** The server has CREATE-SPECIAL-USE. */
  readonly specialUse: boolean
  /** Sends commands in this order without waiting between them, and answers one for each. Throws when the connection is gone. */
  readonly send: (commands: readonly FolderCommand[]) => Promise<readonly FolderAnswer[]>
}

interface Wish {
  readonly at: number
  readonly folder: NewFolder
  id: string
  refusal?: FolderAnswer
}

type Results = (KnownFolder | MailferryError | undefined)[]

interface Run extends CreateFoldersDeps {
  readonly index: FolderIndex
  readonly results: Results
}

/** One attempt at everything that isn't there yet. */
interface Round {
  readonly nameFor: (path: readonly string[], index: FolderIndex) => string
  /** With its SPECIAL-USE attribute, where the server can. */
  readonly withRole: boolean
  /** Parents that nobody wants for themselves are made first: not every server makes them by itself. */
  readonly withParents: boolean
}

const rounds: readonly Round[] = [
  { nameFor: (path, index) => index.idFor(path, 'lenient'), withRole: true, withParents: false },
  { nameFor: (path, index) => index.idFor(path, 'lenient'), withRole: false, withParents: true },
  { nameFor: (path, index) => index.idFor(path, 'strict'), withRole: false, withParents: true },
  { nameFor: (path, index) => index.shortIdFor(path), withRole: false, withParents: false },
]

/**
 * Finds the wanted folders or makes them, parents first, in one round of pipelined commands where the server takes their names. What it
 * refuses is tried again with a stricter name, and once more with a short one at the root: a folder may be renamed but isn't lost.
 * Answers in the order of `wanted`; the folders' `path` tells what they are called now.
 */
export async function createFolders(
  wanted: readonly NewFolder[],
  deps: CreateFoldersDeps,
): Promise<readonly (KnownFolder | MailferryError)[]> {
  const results: Results = wanted.map(() => undefined)
  const run: Run = { ...deps, index: indexFolders(deps.existing, deps.namespace), results }
  let open = wanted.map((folder, at): Wish => ({ at, folder, id: '' })).sort((a, b) => a.folder.path.length - b.folder.path.length)
  for (const wish of open) {
    const known = run.index.find(wish.folder.path)
    if (known?.selectable) results[wish.at] = known
  }
  for (const round of rounds) {
    open = open.filter(({ at }) => results[at] === undefined)
    if (open.length > 0) await attempt(open, round, run)
  }
  for (const { at, folder, refusal } of open) results[at] ??= refused(deps, folder, refusal)

  await subscribe(wanted, results, deps)
  return results.map(result => result ?? new MailferryError('internal', { detail: 'a folder without an answer' }))
}

/** Sends one CREATE for each wish that has a new name or a new chance, and settles what comes of it. */
async function attempt(wishes: readonly Wish[], { nameFor, withRole, withParents }: Round, run: Run): Promise<void> {
  const { index, specialUse } = run
  const sending = new Map<string, Wish>()
  const parents = new Map<string, FolderCommand>()
  const sharing: Wish[] = []
  for (const wish of wishes) {
    const { path } = wish.folder
    const missing = withParents ? missingParents(path, nameFor, index) : []
    const again = wish.refusal?.code === 'USEATTR' || missing.length > 0
    // A folder that can't be selected may become one that can.
    const id = index.find(path)?.id ?? nameFor(path, index)
    const known = index.byId(id)
    if (known?.selectable) settle(wish, known, run)
    else if (sending.has(id)) sharing.push({ ...wish, id })
    else if (id !== wish.id || again) {
      wish.id = id
      sending.set(id, wish)
      for (const parent of missing) parents.set(parent, { verb: 'CREATE', id: parent })
    }
  }
  for (const id of sending.keys()) parents.delete(id)
  const creates = [...sending.values()].map(({ id, folder }): FolderCommand => {
    const use = specialUse && withRole && folder.role ? attributes[folder.role] : undefined
    return { verb: 'CREATE', id, ...(use !== undefined && { use }) }
  })
  if (creates.length === 0) return
  const answers = await run.send([...parents.values(), ...creates])
  const own = answers.slice(parents.size)
  for (const [at, wish] of [...sending.values()].entries()) take(wish, own[at], run)
  for (const wish of sharing) share(wish, sending.get(wish.id), run)
}

/** Ids of the parents that neither exist nor are being made, the topmost first. */
const missingParents = (path: readonly string[], nameFor: Round['nameFor'], index: FolderIndex): string[] =>
  path.slice(1).flatMap((_, at) => {
    const parent = path.slice(0, at + 1)
    const id = nameFor(parent, index)
    return index.find(parent) || index.holdsOthers(id) ? [] : [id]
  })

/** Two wishes with one id: the same folder twice, or two that this server can't tell apart. */
function share(wish: Wish, first: Wish | undefined, { results }: Run): void {
  const same = first && JSON.stringify(first.folder.path) === JSON.stringify(wish.folder.path)
  results[wish.at] = same ? results[first.at] : collision(wish.folder.path, first?.folder.path.join('/') ?? '', wish.id)
}

/** Settles a wish by its answer; a refusal that another name may cure leaves it open. */
function take(wish: Wish, answer: FolderAnswer | undefined, run: Run): void {
  const { index, results, namespace } = run
  const { id, at, folder } = wish
  if (answer?.status === 'OK' || (answer && saysItExists(answer))) {
    const other = answer.status === 'OK' ? undefined : index.lookalike(id)
    if (other && other.id !== id) results[at] = collision(folder.path, other.path.join('/'), other.id)
    else settle(wish, { id, path: pathOfId(id, namespace), selectable: true, subscribed: false, childless: false }, run)
  } else if (answer) {
    wish.refusal = answer
    if (!isAboutTheName(answer)) results[at] = refused(run, folder, answer)
  }
}

function settle({ at, folder }: Wish, known: KnownFolder, { index, results }: Run): void {
  index.settle(folder.path, known)
  results[at] = known
}

const saysItExists = ({ code, text }: FolderAnswer): boolean =>
  code === 'ALREADYEXISTS' || (code === undefined && /\b(already )?exists\b/i.test(text) && !/\bnot\b|n't/i.test(text))

/** Another name won't help where it's about rights, room or the moment. `USEATTR`: the role was refused (RFC 6154 6). */
const isAboutTheName = ({ code }: FolderAnswer): boolean =>
  code === undefined || ['CANNOT', 'USEATTR', 'NONEXISTENT', 'TRYCREATE', 'CLIENTBUG'].includes(code)

async function subscribe(wanted: readonly NewFolder[], results: Readonly<Results>, { send }: CreateFoldersDeps): Promise<void> {
  const ids = results.flatMap((result, at) =>
    wanted[at]?.subscribe && result && !(result instanceof MailferryError) && !result.subscribed ? [result.id] : [],
  )
  if (ids.length > 0) await send([...new Set(ids)].map(id => ({ verb: 'SUBSCRIBE', id })))
}

const attributes: Partial<Record<FolderRole, string>> = {
  sent: '\\Sent',
  drafts: '\\Drafts',
  deleted: '\\Trash',
  junk: '\\Junk',
  archive: '\\Archive',
}

const collision = (path: readonly string[], other: string, target: string): MailferryError =>
  new MailferryError('folder.collision', { folder: path.join('/'), other, target })

const refused = ({ host, mailbox }: CreateFoldersDeps, { path }: NewFolder, answer: FolderAnswer | undefined): MailferryError =>
  classifyResponse(
    { host, mailbox, command: 'CREATE', folder: path.join('/') },
    answer?.status === 'BAD' ? 'BAD' : 'NO',
    answer?.code,
    answer?.text ?? '',
  )
