import type { Dovecot } from '../support/dovecot.ts'
import type { MailboxView, ViewOptions } from '../support/exchangeMailbox.ts'
import type { SeedFolder } from '../support/mailbox.ts'
import type { Proxy as Line } from '../support/proxy.ts'
import type { Random } from '../support/random.ts'

/** Opens a line to a server of this machine. */
export type OpenLine = (to: { readonly host: string; readonly port: number }) => Promise<Line>

/** Answers that are held back. */
export interface Held {
  /** Whether it was asked what it holds the answer to. */
  asked(): boolean
  release(): void
}

/** The server at one end of the scene, with two mailboxes. */
export interface Side extends AsyncDisposable {
  readonly addresses: readonly string[]
  /** Where it is one. */
  readonly server?: Dovecot
  /** Puts lines before the server; answers its connection in a plan, as it is reached over them, and what its secret file holds. */
  connect(openLine: OpenLine): Promise<{ readonly settings: object; readonly secret: string }>
  /** Puts mail into the n-th mailbox. */
  fill(index: number, folders: Iterable<SeedFolder>): Promise<void>
  /** What the owner of the n-th mailbox does in a while: reads, flags, files, deletes for good, and edits drafts where the server allows it. */
  work(index: number, random: Random): Promise<void>
  view(index: number, options: ViewOptions): Promise<MailboxView>
  /** Does what it is asked and holds the answers back: from the first items on that it is given, or once it was asked so many things, whatever they are. */
  holdAnswers(after?: number): Held
  /** What it was last asked to do, as its own protocol calls it; nothing where it doesn't keep that. */
  lastAsked(): string | undefined
}
