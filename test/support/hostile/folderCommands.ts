import { asList, asText, type Command } from './commandReader.ts'
import { can, quoted, refuse, type Session, say, storeOf } from './session.ts'
import { addFolder, findFolder, type Store, type StoredFolder, storedBytes } from './store.ts'

export function namespace(session: Session): void {
  const { delimiter, prefix } = storeOf(session)
  say(session, `* NAMESPACE ((${quoted(prefix)} ${quoted(delimiter)})) NIL NIL`)
}

/** LIST (RFC 3501, 6.3.8; 5258; 5819), as far as this server says it can. */
export function list(session: Session, { name: verb, args }: Command): void {
  const store = storeOf(session)
  const returned = returnOptions(args)
  const selection = Array.isArray(args[0]) ? asList(args[0]).map(asText) : []
  const [reference, pattern] = Array.isArray(args[0]) ? args.slice(1) : args
  const patterns = (Array.isArray(pattern) ? asList(pattern) : [pattern]).map(part => asText(reference) + asText(part))
  if (patterns.join('') === '') {
    say(session, `* ${verb} (\\Noselect) ${quoted(store.delimiter)} ""`)
    return
  }
  const onlySubscribed = verb === 'LSUB' || selection.some(option => option.toUpperCase() === 'SUBSCRIBED')
  for (const folder of store.folders.values()) {
    if (!patterns.some(one => matches(one, folder.name, store.delimiter))) continue
    if (onlySubscribed && !store.subscriptions.has(folder.name)) continue
    const attributes = new Set(folder.attributes)
    if (!can(session, 'SPECIAL-USE')) for (const use of attributes) if (!/^\\(Noselect|Has)/.test(use)) attributes.delete(use)
    if (can(session, 'CHILDREN')) attributes.add(hasChildren(store, folder) ? '\\HasChildren' : '\\HasNoChildren')
    if (store.subscriptions.has(folder.name) && (returned.subscribed || onlySubscribed)) attributes.add('\\Subscribed')
    say(session, `* ${verb} (${[...attributes].join(' ')}) ${quoted(store.delimiter)} ${quoted(folder.name)}`)
    if (returned.status !== undefined && folder.selectable) sayStatus(session, folder, returned.status)
  }
}

function returnOptions(args: Command['args']): { readonly subscribed: boolean; readonly status: readonly string[] | undefined } {
  const at = args.findIndex(token => asText(token).toUpperCase() === 'RETURN')
  const options = at < 0 ? [] : asList(args[at + 1])
  const statusAt = options.findIndex(token => asText(token).toUpperCase() === 'STATUS')
  return {
    subscribed: options.some(token => asText(token).toUpperCase() === 'SUBSCRIBED'),
    status: statusAt < 0 ? undefined : asList(options[statusAt + 1]).map(asText),
  }
}

const hasChildren = ({ folders, delimiter }: Store, { name }: StoredFolder): boolean =>
  [...folders.keys()].some(other => other.startsWith(name + delimiter))

function matches(pattern: string, name: string, delimiter: string): boolean {
  const source = pattern.replace(/[.*+?^${}()|[\]\\%]/g, character =>
    character === '*' ? '.*' : character === '%' ? `[^${delimiter === '' ? '\0' : `\\${delimiter}`}]*` : `\\${character}`,
  )
  return new RegExp(`^${source}$`, /^inbox$/i.test(pattern) ? 'i' : '').test(name)
}

export function status(session: Session, { args }: Command): void {
  sayStatus(session, existing(session, asText(args[0])), asList(args[1]).map(asText))
}

function sayStatus(session: Session, folder: StoredFolder, items: readonly string[]): void {
  const values: Record<string, number> = {
    MESSAGES: folder.messages.length,
    RECENT: 0,
    UIDNEXT: folder.uidNext,
    UIDVALIDITY: folder.uidValidity,
    UNSEEN: folder.messages.filter(message => !message.flags.has('\\Seen')).length,
    ...(can(session, 'CONDSTORE') && { HIGHESTMODSEQ: folder.modseq }),
  }
  const known = items.map(item => {
    const value = values[item.toUpperCase()]
    return value === undefined ? refuse(`BAD unknown status item ${item}`) : `${item.toUpperCase()} ${value}`
  })
  say(session, `* STATUS ${quoted(folder.name)} (${known.join(' ')})`)
}

export function existing(session: Session, name: string): StoredFolder {
  const folder = findFolder(storeOf(session), name)
  if (folder === undefined) return refuse('NO [NONEXISTENT] no such folder')
  return folder.selectable ? folder : refuse('NO that folder only holds others')
}

/** CREATE makes what is missing above, too (RFC 3501, 6.3.3). */
export function create(session: Session, { args }: Command): void {
  const store = storeOf(session)
  const asked = asText(args[0])
  const name = store.delimiter !== '' && asked.endsWith(store.delimiter) ? asked.slice(0, -1) : asked
  const refusal = session.personality.refusesName?.(name)
  if (refusal !== undefined) refuse(refusal)
  if (name === '' || findFolder(store, name) !== undefined) refuse('NO [ALREADYEXISTS] there is such a folder')
  const parts = store.delimiter === '' ? [name] : name.split(store.delimiter)
  if (parts.includes('')) refuse('NO [CANNOT] empty names within a name')
  for (let depth = 1; depth <= parts.length; depth++) {
    const path = parts.slice(0, depth).join(store.delimiter)
    if (findFolder(store, path) === undefined) addFolder(store, path)
  }
}

export function remove(session: Session, { args }: Command): void {
  storeOf(session).folders.delete(existing(session, asText(args[0])).name)
}

export function subscribe(session: Session, { name, args }: Command): void {
  const { subscriptions } = storeOf(session)
  if (name === 'SUBSCRIBE') subscriptions.add(existing(session, asText(args[0])).name)
  else subscriptions.delete(asText(args[0]))
}

/** GETQUOTAROOT (RFC 9208), in kibibytes. */
export function quotaRoot(session: Session, { args }: Command): void {
  const { quota } = session.personality
  say(session, `* QUOTAROOT ${quoted(asText(args[0]))} ""`)
  const used = Math.ceil(storedBytes(storeOf(session)) / 1024)
  say(session, `* QUOTA "" (${quota === undefined ? '' : `STORAGE ${used} ${Math.floor(quota / 1024)}`})`)
}

export function select(session: Session, { name, args }: Command): string {
  session.selected = undefined
  const folder = existing(session, asText(args[0]))
  const readOnly = name === 'EXAMINE'
  const keywords = new Set(folder.messages.flatMap(message => [...message.flags].filter(flag => !flag.startsWith('\\'))))
  const system = '\\Answered \\Flagged \\Deleted \\Seen \\Draft'
  say(session, `* FLAGS (${[system, ...keywords].join(' ')})`)
  say(
    session,
    `* OK [PERMANENTFLAGS (${readOnly ? '' : session.personality.noKeywords ? system : `${[system, ...keywords].join(' ')} \\*`})] flags`,
  )
  say(session, `* ${folder.messages.length} EXISTS`)
  say(session, '* 0 RECENT')
  say(session, `* OK [UIDVALIDITY ${folder.uidValidity}] valid`)
  say(session, `* OK [UIDNEXT ${folder.uidNext}] next`)
  if (can(session, 'CONDSTORE')) say(session, `* OK [HIGHESTMODSEQ ${folder.modseq}] highest`)
  session.selected = { folder, readOnly, view: folder.messages.map(message => message.uid) }
  return readOnly ? 'OK [READ-ONLY] examined' : 'OK [READ-WRITE] selected'
}
