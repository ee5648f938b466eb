import { type Person, passwords } from '../../support/corpus/company.ts'
import { type Dovecot, startDovecot } from '../../support/dovecot.ts'
import type { Naming } from '../../support/mailbox.ts'

/** The server that is left and the one that is moved to; disposing of them ends both and removes their mail. */
export interface Servers extends AsyncDisposable {
  readonly old: Dovecot
  readonly new: Dovecot
}

/** How the new server writes its folders; the old one joins names by `/` and has no prefix. */
export const newNaming = { separator: '.', namespacePrefix: 'INBOX.' } as const satisfies Naming

/** Folders that every mailbox has, under both servers' names for them. */
export const usualFolders: ReadonlyMap<string, string> = new Map([
  ['Sent', 'Gesendet'],
  ['Drafts', 'Entwürfe'],
  ['Trash', 'Papierkorb'],
  ['Junk', 'Spam'],
  ['Archive', 'Archiv'],
])

/** Starts two servers that differ as much as two providers do: hierarchy delimiter, prefix, language, special-use. */
export async function startServers(people: readonly Person[]): Promise<Servers> {
  const users = passwords(people)
  await using starting = new AsyncDisposableStack()
  const old = starting.use(await startDovecot({ users, tls: 'implicit' }))
  const fresh = starting.use(await startDovecot({ users, tls: 'implicit', ...newNaming, extraConfig: germanFolders }))
  const started = starting.move()
  return { old, new: fresh, [Symbol.asyncDispose]: () => started.disposeAsync() }
}

/** SPECIAL-USE (RFC 6154) for folders that exist in every mailbox from the start. */
const germanFolders = `
namespace inbox {
${[...usualFolders].map(([use, name]) => `  mailbox "${name}" {\n    auto = create\n    special_use = \\${use}\n  }`).join('\n')}
}
`
