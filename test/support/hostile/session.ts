import type { Personality } from './personality.ts'
import type { Store, StoredFolder } from './store.ts'

/** One connection's state, and where its answers gather until its command is done. */
export interface Session {
  readonly personality: Personality
  readonly signIn: (user: string, password: string) => Store | undefined
  store: Store | undefined
  selected: Selected | undefined
  loggedOut: boolean
  readonly out: Buffer[]
}

export interface Selected {
  readonly folder: StoredFolder
  readonly readOnly: boolean
  /** UIDs by message number, as this client knows them. */
  view: number[]
}

/** Sends one response; buffers go out as literals. */
export function say(session: Session, ...parts: readonly (string | Buffer)[]): void {
  for (const part of parts) {
    if (typeof part !== 'string') session.out.push(Buffer.from(`{${part.length}}\r\n`))
    session.out.push(Buffer.from(part))
  }
  session.out.push(Buffer.from('\r\n'))
}

export const can = (session: Session, capability: string): boolean => session.personality.capabilities.includes(capability)

/** A name in an answer: always quoted, as most servers do. */
export const quoted = (name: string): string => `"${name.replace(/[\\"]/g, '\\$&')}"`

/** Thrown by commands; becomes the tagged answer. */
export class Refusal extends Error {}

export function refuse(answer: string): never {
  throw new Refusal(answer)
}

export const storeOf = (session: Session): Store => session.store ?? refuse('NO sign in first')

export const selectedOf = (session: Session): Selected => session.selected ?? refuse('BAD no folder is selected')

/** Tells the client what others did to the folder meanwhile (RFC 3501, 5.2). */
export function catchUp(session: Session): void {
  const { selected } = session
  if (selected === undefined) return
  const uids = selected.folder.messages.map(message => message.uid)
  const present = new Set(uids)
  for (let at = selected.view.length - 1; at >= 0; at--) {
    if (!present.has(selected.view[at] ?? 0)) {
      selected.view.splice(at, 1)
      say(session, `* ${at + 1} EXPUNGE`)
    }
  }
  if (uids.length > selected.view.length) say(session, `* ${uids.length} EXISTS`)
  selected.view = uids
}
