import type { MailferryError } from '../../domain/errors.ts'
import type { NewFolder } from '../mailServer.ts'
import { createFolders, type FolderAnswer, type FolderCommand } from './createFolders.ts'
import type { FolderStatus, ListedFolder } from './folders.ts'
import type { KnownFolder } from './foldersIndex.ts'
import type { SessionContext } from './sessionContext.ts'
import { statusOf } from './statuses.ts'
import { mailboxArgument } from './wire/mailboxArgument.ts'

export interface MadeFolders {
  /** In the order wanted. */
  readonly made: readonly (KnownFolder | MailferryError)[]
  /** Of those that were created now, by id. */
  readonly status: ReadonlyMap<string, FolderStatus>
}

/** Finds or makes folders on one wire; each one's status is asked for together with its making. */
export async function makeFolders(
  context: SessionContext,
  existing: readonly ListedFolder[],
  wanted: readonly NewFolder[],
): Promise<MadeFolders> {
  const { host, mailbox, namespace, capabilities } = context
  const asked = new Map<string, Promise<FolderStatus | undefined>>()
  const send = async (commands: readonly FolderCommand[]): Promise<readonly FolderAnswer[]> => {
    const wire = await context.pool.wire()
    const answers = commands.map(command => {
      const use = command.verb === 'CREATE' && command.use !== undefined ? ` (USE (${command.use}))` : ''
      const text = `${command.verb} ${mailboxArgument(command.id, wire.utf8)}${use}`
      const { answer } = wire.send({ name: command.verb, text })
      if (command.verb === 'CREATE') {
        const status = statusOf(context, wire, command.id)
        // Looked at only when all are made; when the connection breaks before, nobody does.
        status.catch(() => {})
        asked.set(command.id, status)
      }
      return answer
    })
    return Promise.all(answers)
  }
  const specialUse = capabilities.has('CREATE-SPECIAL-USE')
  const made = await createFolders(wanted, { host, mailbox, existing, namespace, specialUse, send })
  const status = new Map<string, FolderStatus>()
  for (const [id, promise] of asked) {
    const answer = await promise
    if (answer) status.set(id, answer)
  }
  return { made, status }
}
