import { asText, type Command } from './commandReader.ts'
import { create, list, namespace, quotaRoot, remove, select, status, subscribe } from './folderCommands.ts'
import { append, copy, expunge, fetch, search, setFlags } from './messageCommands.ts'
import { can, catchUp, refuse, type Session, say, storeOf } from './session.ts'

/** Does one command. A text it answers becomes the tagged response; anything else is `OK`. */
export type Handler = (session: Session, command: Command) => unknown

export const handlers: Readonly<Record<string, Handler>> = {
  CAPABILITY: session => say(session, `* CAPABILITY ${session.personality.capabilities.join(' ')}`),
  NOOP: catchUp,
  CHECK: catchUp,
  ID: session => (can(session, 'ID') ? say(session, '* ID NIL') : refuse('BAD unknown command')),
  ENABLE: enable,
  LOGIN: (session, { args }) => signIn(session, asText(args[0]), asText(args[1])),
  AUTHENTICATE: authenticate,
  LOGOUT: session => {
    say(session, '* BYE logging out')
    session.loggedOut = true
  },
  NAMESPACE: session => (can(session, 'NAMESPACE') ? namespace(session) : refuse('BAD unknown command')),
  LIST: list,
  LSUB: list,
  STATUS: status,
  CREATE: create,
  DELETE: remove,
  SUBSCRIBE: subscribe,
  UNSUBSCRIBE: subscribe,
  GETQUOTAROOT: (session, command) => (can(session, 'QUOTA') ? quotaRoot(session, command) : refuse('BAD unknown command')),
  SELECT: select,
  EXAMINE: select,
  CLOSE: close,
  UNSELECT: (session, command) => (can(session, 'UNSELECT') ? close(session, command) : refuse('BAD unknown command')),
  APPEND: append,
  FETCH: fetch,
  'UID FETCH': fetch,
  STORE: setFlags,
  'UID STORE': setFlags,
  COPY: copy,
  'UID COPY': copy,
  MOVE: copy,
  'UID MOVE': copy,
  EXPUNGE: expunge,
  'UID EXPUNGE': expunge,
  SEARCH: search,
  'UID SEARCH': search,
}

function enable(session: Session, { args }: Command): void {
  if (!can(session, 'ENABLE')) refuse('BAD unknown command')
  const enabled = args.map(asText).filter(name => can(session, name.toUpperCase()) && name.toUpperCase() === 'CONDSTORE')
  say(session, `* ENABLED${enabled.map(name => ` ${name}`).join('')}`)
}

function signIn(session: Session, user: string, password: string): string {
  session.store = session.signIn(user, password)
  return session.store === undefined ? refuse('NO [AUTHENTICATIONFAILED] that is not right') : 'OK signed in'
}

/** SASL PLAIN (RFC 4616), whether its response came at once (RFC 4959) or when asked for. */
function authenticate(session: Session, { args }: Command): string {
  const [, user, password] = Buffer.from(asText(args[1]), 'base64').toString().split('\0')
  if (asText(args[0]).toUpperCase() !== 'PLAIN' || user === undefined || password === undefined) return refuse('NO no such mechanism')
  return signIn(session, user, password)
}

function close(session: Session, command: Command): void {
  storeOf(session)
  if (command.name === 'CLOSE' && session.selected !== undefined && !session.selected.readOnly) {
    const { folder } = session.selected
    folder.messages = folder.messages.filter(message => !message.flags.has('\\Deleted'))
  }
  session.selected = undefined
}
