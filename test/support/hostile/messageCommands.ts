import { asList, asText, type Command, type Token } from './commandReader.ts'
import { existing } from './folderCommands.ts'
import { inSet, toSet } from './sequence.ts'
import { can, catchUp, refuse, type Session, say, selectedOf, storeOf } from './session.ts'
import { addMessage, type StoredFolder, type StoredMessage, storedBytes } from './store.ts'

interface Numbered {
  readonly number: number
  readonly message: StoredMessage
}

const isUid = (command: Command): boolean => command.name.startsWith('UID ')

function chosen(session: Session, command: Command): Numbered[] {
  const { folder, view } = selectedOf(session)
  const byUid = new Map(folder.messages.map(message => [message.uid, message]))
  const largest = isUid(command) ? (view.at(-1) ?? 0) : view.length
  const wanted = inSet(asText(command.args[0]), largest)
  return view.flatMap((uid, at) => {
    const message = byUid.get(uid)
    return message !== undefined && wanted(isUid(command) ? uid : at + 1) ? [{ number: at + 1, message }] : []
  })
}

/** FETCH (RFC 3501, 6.4.5; 7162). BODY[] marks as read where it may. */
export function fetch(session: Session, command: Command): void {
  const { readOnly } = selectedOf(session)
  const asked = command.args[1]
  const items = (Array.isArray(asked) ? asList(asked) : [asked]).map(asText)
  const since = changedSince(command.args[2])
  const withModseq = since !== undefined || items.some(item => item.toUpperCase() === 'MODSEQ')
  if (withModseq && !can(session, 'CONDSTORE')) refuse('BAD unknown FETCH item MODSEQ')
  if (isUid(command) && !items.some(item => item.toUpperCase() === 'UID')) items.unshift('UID')
  if (since !== undefined && !items.some(item => item.toUpperCase() === 'MODSEQ')) items.push('MODSEQ')
  for (const { number, message } of chosen(session, command)) {
    if (since !== undefined && message.modseq <= since) continue
    const parts: (string | Buffer)[] = [`* ${number} FETCH (`]
    for (const [at, item] of items.entries()) {
      if (!readOnly && /^(BODY\[|RFC822$)/i.test(item)) message.flags.add('\\Seen')
      parts.push(at === 0 ? '' : ' ', ...fetchItem(session, message, item))
    }
    say(session, ...parts, ')')
  }
}

function changedSince(token: Token | undefined): number | undefined {
  const words = asList(token).map(asText)
  return words[0]?.toUpperCase() === 'CHANGEDSINCE' ? Number(words[1]) : undefined
}

function fetchItem(session: Session, message: StoredMessage, item: string): (string | Buffer)[] {
  const name = item.toUpperCase()
  if (name === 'UID') return [`UID ${message.uid}`]
  if (name === 'FLAGS') return [`FLAGS (${[...message.flags].join(' ')})`]
  if (name === 'INTERNALDATE') return [`INTERNALDATE "${internalDate(message.received)}"`]
  if (name === 'MODSEQ') return [`MODSEQ (${message.modseq})`]
  if (name === 'RFC822.SIZE') return [`RFC822.SIZE ${message.body.length + (session.personality.wrongSizes ? 37 : 0)}`]
  const [, section, from, length] = /^(?:BODY(?:\.PEEK)?|BINARY(?:\.PEEK)?)\[([^\]]*)\](?:<(\d+)\.(\d+)>)?$/i.exec(item) ?? []
  if (section === undefined) return refuse(`BAD unknown FETCH item ${item}`)
  const content = bodySection(message.body, section)
  const part = from === undefined ? content : content.subarray(Number(from), Number(from) + Number(length))
  return [`BODY[${section}]${from === undefined ? '' : `<${from}>`} `, part]
}

function bodySection(body: Buffer, section: string): Buffer {
  if (section === '') return body
  const text = body.toString('latin1')
  const end = /\r?\n\r?\n/.exec(text)
  const header = end === null ? text : text.slice(0, end.index + end[0].length)
  if (/^HEADER$/i.test(section)) return Buffer.from(header, 'latin1')
  if (/^TEXT$/i.test(section)) return Buffer.from(text.slice(header.length), 'latin1')
  const names = /^HEADER\.FIELDS \(([^)]*)\)$/i.exec(section)?.[1]?.toLowerCase().split(/\s+/) ?? refuse(`BAD unknown section ${section}`)
  const fields = header.split(/\r?\n(?![ \t])/).filter(field => names.includes(field.split(':', 1)[0]?.trim().toLowerCase() ?? ''))
  return Buffer.from(`${fields.map(field => `${field}\r\n`).join('')}\r\n`, 'latin1')
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function internalDate(received: number): string {
  const date = new Date(received)
  return `${String(date.getUTCDate()).padStart(2, ' ')}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} +0000`
}

/** RFC 3501's date-time, as milliseconds. */
const parseDate = (text: string): number => {
  const parsed = Date.parse(text.trim().replace(/^(\d+)-(\w+)-(\d+)/, '$1 $2 $3'))
  return Number.isNaN(parsed) ? refuse('BAD that is no date-time') : parsed
}

/** APPEND (RFC 3501, 6.3.11), several messages at once where the server can (RFC 3502): all of them or none. */
export function append(session: Session, { args }: Command): string {
  const { personality } = session
  const folder = appendTarget(session, asText(args[0]))
  const incoming: { body: Buffer; flags: string[]; received: number }[] = []
  let flags: string[] = []
  let received = Date.now()
  for (const token of args.slice(1)) {
    if (Array.isArray(token)) flags = asList(token).map(asText)
    else if (typeof token === 'string') received = Math.floor(parseDate(token) / 1000) * 1000
    else if (Buffer.isBuffer(token)) {
      incoming.push({ body: token, flags, received })
      flags = []
      received = Date.now()
    }
  }
  if (incoming.length > 1 && !can(session, 'MULTIAPPEND')) refuse('BAD one message at a time')
  const bytes = incoming.reduce((sum, { body }) => sum + body.length, 0)
  for (const { body } of incoming) {
    if (body.length > (personality.maxMessageSize ?? Number.POSITIVE_INFINITY)) refuse('NO [TOOBIG] the message is too large')
    const refusal = personality.refuses?.(body)
    if (refusal !== undefined) refuse(refusal)
  }
  if (storedBytes(storeOf(session)) + bytes > (personality.quota ?? Number.POSITIVE_INFINITY)) refuse('NO [OVERQUOTA] the mailbox is full')
  const uids = incoming.map(({ body, ...rest }) => store(session, folder, body, rest).uid)
  return can(session, 'UIDPLUS') ? `OK [APPENDUID ${folder.uidValidity} ${toSet(uids)}] appended` : 'OK appended'
}

function appendTarget(session: Session, name: string): StoredFolder {
  try {
    return existing(session, name)
  } catch {
    return refuse('NO [TRYCREATE] no such folder')
  }
}

function store(
  session: Session,
  folder: StoredFolder,
  body: Buffer,
  { flags, received }: { flags: string[]; received: number },
): StoredMessage {
  const { mergesDuplicates, rewrites, noKeywords } = session.personality
  const id = mergesDuplicates ? messageId(body) : undefined
  const known = id === undefined ? undefined : folder.messages.find(message => messageId(message.body) === id)
  const kept = noKeywords ? flags.filter(flag => flag.startsWith('\\')) : flags
  return known ?? addMessage(folder, rewrites?.(body) ?? body, kept, received)
}

const messageId = (body: Buffer): string | undefined => /^message-id:\s*(\S+)/im.exec(bodySection(body, 'HEADER').toString('latin1'))?.[1]

/** STORE (RFC 3501, 6.4.6). */
export function setFlags(session: Session, command: Command): void {
  const { folder, readOnly } = selectedOf(session)
  if (readOnly) refuse('NO the folder was opened for reading only')
  const [, , verb, given] = [undefined, ...command.args]
  const [, sign, silent] = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(asText(verb)) ?? refuse('BAD store what?')
  const asked = (Array.isArray(given) ? asList(given) : command.args.slice(2)).map(asText)
  const flags = session.personality.noKeywords ? asked.filter(flag => flag.startsWith('\\')) : asked
  for (const { number, message } of chosen(session, command)) {
    if (sign === '') message.flags = new Set(flags)
    for (const flag of flags) sign === '-' ? message.flags.delete(flag) : message.flags.add(flag)
    message.modseq = ++folder.modseq
    if (silent === undefined) say(session, `* ${number} FETCH (UID ${message.uid} FLAGS (${[...message.flags].join(' ')}))`)
  }
}

/** COPY and MOVE (RFC 3501, 6.4.7; 6851), with COPYUID (RFC 4315). */
export function copy(session: Session, command: Command): string | undefined {
  const { folder } = selectedOf(session)
  const target = appendTarget(session, asText(command.args[1]))
  const from = chosen(session, command).map(({ message }) => message)
  const to = from.map(({ body, flags, received }) => addMessage(target, body, flags, received))
  const uids = [from, to].map(messages => toSet(messages.map(({ uid }) => uid)))
  const code = can(session, 'UIDPLUS') && from.length > 0 ? `[COPYUID ${target.uidValidity} ${uids.join(' ')}] ` : ''
  if (!command.name.endsWith('MOVE')) return `OK ${code}copied`
  if (!can(session, 'MOVE')) refuse('BAD unknown command')
  if (code !== '') say(session, `* OK ${code}moving`)
  const moved = new Set(from)
  folder.messages = folder.messages.filter(message => !moved.has(message))
  catchUp(session)
  return undefined
}

export function expunge(session: Session, command: Command): void {
  const { folder, readOnly } = selectedOf(session)
  if (readOnly) refuse('NO the folder was opened for reading only')
  if (isUid(command) && !can(session, 'UIDPLUS')) refuse('BAD unknown command')
  const named = isUid(command) ? new Set(chosen(session, command).map(({ message }) => message)) : undefined
  folder.messages = folder.messages.filter(message => !message.flags.has('\\Deleted') || (named !== undefined && !named.has(message)))
  folder.modseq++
  catchUp(session)
}

/** SEARCH for what a mail copier asks: ALL, sequence sets, UID sets, flags, HEADER and MODSEQ; ESEARCH's answer where asked for (RFC 4731). */
export function search(session: Session, command: Command): void {
  const { folder, view } = selectedOf(session)
  const words = [...command.args]
  let returned: string[] | undefined
  if (asText(words[0]).toUpperCase() === 'RETURN') {
    if (!can(session, 'ESEARCH')) refuse('BAD unknown search key RETURN')
    returned = asList(words[1]).map(word => asText(word).toUpperCase())
    words.splice(0, 2)
  }
  if (asText(words[0]).toUpperCase() === 'CHARSET') words.splice(0, 2)
  const byUid = new Map(folder.messages.map(message => [message.uid, message]))
  const tests: ((message: StoredMessage, number: number) => boolean)[] = []
  for (let word = words.shift(); word !== undefined; word = words.shift()) tests.push(searchKey(asText(word), words, view))
  const found = view.flatMap((uid, at) => {
    const message = byUid.get(uid)
    return message !== undefined && tests.every(test => test(message, at + 1)) ? [isUid(command) ? uid : at + 1] : []
  })
  if (returned === undefined) {
    say(session, `* SEARCH${found.map(number => ` ${number}`).join('')}`)
    return
  }
  const all = returned.length === 0 || returned.includes('ALL')
  const results = [
    ...(returned.includes('COUNT') ? [`COUNT ${found.length}`] : []),
    ...(returned.includes('MIN') && found.length > 0 ? [`MIN ${found[0]}`] : []),
    ...(returned.includes('MAX') && found.length > 0 ? [`MAX ${found.at(-1)}`] : []),
    ...(all && found.length > 0 ? [`ALL ${toSet(found)}`] : []),
  ]
  say(session, `* ESEARCH (TAG "${command.tag}")${isUid(command) ? ' UID' : ''}${results.map(result => ` ${result}`).join('')}`)
}

function searchKey(key: string, rest: Token[], view: readonly number[]): (message: StoredMessage, number: number) => boolean {
  const flag = { SEEN: '\\Seen', DELETED: '\\Deleted', FLAGGED: '\\Flagged', ANSWERED: '\\Answered', DRAFT: '\\Draft' }
  const name = key.toUpperCase()
  if (name === 'ALL') return () => true
  if (name === 'UID') {
    const wanted = inSet(asText(rest.shift()), view.at(-1) ?? 0)
    return message => wanted(message.uid)
  }
  if (name === 'NOT') {
    const inner = searchKey(asText(rest.shift()), rest, view)
    return (message, number) => !inner(message, number)
  }
  if (name === 'HEADER') {
    const [field, text] = [asText(rest.shift()), asText(rest.shift())]
    return ({ body }) => bodySection(body, `HEADER.FIELDS (${field})`).toString('latin1').includes(text)
  }
  for (const [word, value] of Object.entries(flag)) {
    if (name === word) return message => message.flags.has(value)
    if (name === `UN${word}`) return message => !message.flags.has(value)
  }
  if (!/^[\d:*,]+$/.test(key)) return refuse(`BAD unknown search key ${key}`)
  const wanted = inSet(key, view.length)
  return (_, number) => wanted(number)
}
