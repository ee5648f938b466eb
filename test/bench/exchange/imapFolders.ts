import { mailboxContent } from '../../../src/sandbox/seed/mailboxContent.ts'
import type { SeedFolder, SeedMessage } from '../../support/mailbox.ts'

/** The mail of the sandbox's people, as it lies on an IMAP server. */
export function imapFolders(of: { readonly address: string; readonly messages: number; readonly scale: number }): SeedFolder[] {
  const { address, messages, scale } = of
  const owner = { name: 'Owner', address }
  const folders = new Map<string, { readonly path: readonly string[]; readonly messages: SeedMessage[] }>()
  for (const entry of mailboxContent({
    seed: 7,
    owner,
    colleagues: [],
    language: 'en',
    messages,
    scale,
    until: new Date('2026-01-01T00:00:00Z'),
  })) {
    if (entry.kind !== 'mail') continue
    const { place, mime, received, read, draft, flag } = entry
    const path = [place.root === 'inbox' ? 'INBOX' : place.root, ...place.path]
    const folder = folders.get(path.join('/')) ?? { path, messages: [] }
    folders.set(path.join('/'), folder)
    const flags = [...(read ? ['\\Seen'] : []), ...(draft ? ['\\Draft'] : []), ...(flag === 'flagged' ? ['\\Flagged'] : [])]
    folder.messages.push({ body: mime, received, flags })
  }
  return [...folders.values()]
}
