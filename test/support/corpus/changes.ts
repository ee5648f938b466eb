import { corpus } from '../corpus.ts'
import type { Dovecot } from '../dovecot.ts'
import { openRaw, seedMailbox, wireName } from '../mailbox.ts'
import { astring } from '../rawImap.ts'
import { folderTree } from './folderTree.ts'

/** Delivers new messages all over the mailbox. */
export const deliver = (server: Dovecot, user: string, options: { seed: number; messages: number }): Promise<void> =>
  seedMailbox(server, user, corpus({ ...options, sizes: 'real' }))

/** Changes flags and keywords of `count` messages, spread evenly over the folders and within them. Counting up `round` undoes what the last one did. */
export async function changeFlags(server: Dovecot, user: string, options: { count: number; round: number }): Promise<void> {
  await using connection = await openRaw(server, user)
  const folders: { name: string | Buffer; messages: number }[] = []
  for (const { path } of folderTree) {
    const name = astring(wireName(path))
    let messages = 0
    await connection.command(['STATUS ', name, ' (MESSAGES)'], ({ text }) => {
      messages = Number(/MESSAGES (\d+)/.exec(text)?.[1] ?? 0)
    })
    if (messages > 0) folders.push({ name, messages })
  }
  const total = folders.reduce((sum, folder) => sum + folder.messages, 0)
  let passed = 0
  for (const { name, messages } of folders) {
    const every = total / Math.min(total, options.count)
    const chosen: number[] = []
    for (let nth = Math.ceil(passed / every); nth * every < passed + messages; nth++) chosen.push(Math.floor(nth * every - passed) + 1)
    passed += messages
    if (chosen.length === 0) continue
    await connection.command(['SELECT ', name])
    const sign = options.round % 2 === 0 ? '+' : '-'
    await connection.command([`STORE ${chosen.join(',')} ${sign}FLAGS.SILENT (\\Flagged $Followup)`])
  }
}
