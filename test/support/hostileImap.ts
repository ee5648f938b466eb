import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { type Command, readCommands } from './hostile/commandReader.ts'
import { handlers } from './hostile/commands.ts'
import { bare, type Personality } from './hostile/personality.ts'
import { catchUp, Refusal, type Session } from './hostile/session.ts'
import { addFolder, addMessage, createStore, findFolder, type Store, snapshotOf } from './hostile/store.ts'
import { type Rule, runTroubled, troubleMaker } from './hostile/trouble.ts'
import type { SeedFolder } from './mailbox.ts'
import { encodeName } from './modifiedUtf7.ts'
import type { MailboxSnapshot } from './snapshot.ts'

export { bare, courierLike, cyrusLike, exchangeLike, gmailLike } from './hostile/personality.ts'

export interface HostileOptions {
  /** User → password. */
  readonly users: Readonly<Record<string, string>>
  /** Default: RFC 3501 and nothing else. */
  readonly personality?: Personality
  readonly rules?: readonly Rule[]
}

export interface HostileImap extends AsyncDisposable {
  readonly host: string
  readonly port: number
  passwordOf(user: string): string
  /** Commands as they came, without tags, newest last. */
  readonly commands: readonly string[]
  readonly connections: number
  add(rule: Rule): void
  seed(user: string, folders: Iterable<SeedFolder>): void
  snapshot(user: string): MailboxSnapshot
  /** For what a test wants to do behind the client's back, e.g. give a folder a new UIDVALIDITY. */
  store(user: string): Store
}

/** A small IMAP server in memory that is like one kind of server, and goes wrong as its rules say. */
export async function startHostileImap({ users, personality = bare, rules = [] }: HostileOptions): Promise<HostileImap> {
  const stores = new Map(Object.keys(users).map(user => [user, furnished(personality)]))
  const trouble = troubleMaker([...rules, ...(personality.rules ?? [])])
  const commands: string[] = []
  const sockets = new Set<Socket>()
  const signedIn = new Map<Socket, string>()
  let connections = 0

  const serve = async (socket: Socket): Promise<void> => {
    const session: Session = {
      personality,
      store: undefined,
      selected: undefined,
      loggedOut: false,
      out: [],
      signIn: (user, password) => {
        if (users[user] !== password) return undefined
        const others = [...signedIn.values()].filter(one => one === user).length
        if (others >= (personality.connectionsPerUser ?? Number.POSITIVE_INFINITY))
          throw new Refusal('NO [ALERT] Too many simultaneous connections')
        signedIn.set(socket, user)
        return stores.get(user)
      },
    }
    const write = (bytes: Buffer | string): void => void (socket.writable && socket.write(bytes))
    write(`* ${personality.greeting}\r\n`)
    const policy = { literals: personality.literals, refuse: (text: string, size: number) => tooLarge(personality, text, size) }
    for await (const command of readCommands(socket, line => write(`${line}\r\n`), policy)) {
      commands.push(command.text)
      const goesOn = await runTroubled(trouble.for(command), command.tag, async () => execute(session, command), {
        flush: async parts => write(Buffer.concat(parts)),
        reset: () => void socket.resetAndDestroy(),
        end: () => void socket.end(),
      })
      if (!goesOn) return
      if (session.loggedOut) {
        socket.end()
        return
      }
    }
  }

  const listener = createServer({ noDelay: true }, socket => {
    connections++
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      signedIn.delete(socket)
    })
    serve(socket).catch(() => socket.destroy())
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address')

  const storeOf = (user: string): Store => {
    const store = stores.get(user)
    if (store === undefined) throw new Error(`this server has no user ${user}`)
    return store
  }
  return {
    host: '127.0.0.1',
    port: address.port,
    passwordOf: user => users[user] ?? '',
    commands,
    get connections() {
      return connections
    },
    add: trouble.add,
    seed: (user, folders) => fill(storeOf(user), folders),
    snapshot: user => snapshotOf(storeOf(user)),
    store: storeOf,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => listener.close(resolve))
    },
  }
}

function execute(session: Session, command: Command): readonly Buffer[] {
  session.out.length = 0
  let answer: string
  try {
    const handler = handlers[command.name]
    const told = handler === undefined ? `BAD unknown command ${command.name}` : handler(session, command)
    answer = typeof told === 'string' ? told : 'OK done'
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    answer = thrown.message
  }
  if (!/^(UID )?(FETCH|STORE|SEARCH)$/.test(command.name)) catchUp(session)
  return [...session.out, Buffer.from(`${command.tag} ${answer}\r\n`)]
}

const tooLarge = ({ maxMessageSize }: Personality, text: string, size: number): string | undefined =>
  / APPEND /i.test(text) && size > (maxMessageSize ?? Number.POSITIVE_INFINITY) ? 'NO [TOOBIG] the message is too large' : undefined

function furnished({ delimiter, prefix, folders = {} }: Personality): Store {
  const store = createStore(delimiter, prefix)
  for (const [name, attributes] of Object.entries(folders)) addFolder(store, name, attributes)
  return store
}

function fill(store: Store, folders: Iterable<SeedFolder>): void {
  for (const { path, subscribed, messages = [] } of folders) {
    const name = path.join() === 'INBOX' ? 'INBOX' : store.prefix + path.map(encodeName).join(store.delimiter)
    const folder = findFolder(store, name) ?? addFolder(store, name)
    if (subscribed) store.subscriptions.add(name)
    for (const { body, flags = [], received = new Date() } of messages) {
      addMessage(folder, Buffer.from(body), flags, Math.floor(received.getTime() / 1000) * 1000)
    }
  }
}
