import type { Dovecot } from '../support/dovecot.ts'
import type { MailboxView, ViewOptions } from '../support/exchangeMailbox.ts'
import type { SeedFolder } from '../support/mailbox.ts'
import type { Random } from '../support/random.ts'

/** The server at one end of the scene, with two mailboxes. */
export interface Side extends AsyncDisposable {
  readonly host: string
  readonly port: number
  readonly addresses: readonly string[]
  /** Where it is one. */
  readonly server?: Dovecot
  /** Its connection in a plan, behind a line of which only the port is known; and what its secret file holds. */
  connection(port: number): { readonly settings: object; readonly secret: string }
  /** Puts mail into the n-th mailbox. */
  fill(index: number, folders: Iterable<SeedFolder>): Promise<void>
  /** What the owner of the n-th mailbox does in a while: reads, flags, files, deletes for good, and edits drafts where the server allows it. */
  work(index: number, random: Random): Promise<void>
  view(index: number, options: ViewOptions): Promise<MailboxView>
}
