import type { ItemInfo } from '../domain/mail.ts'
import type { FolderChanges } from './mailServer.ts'

/** What a scan tells of an item of which nothing but its flags can have changed. */
export const flagsOnly = ({ key, flags, version }: ItemInfo): FolderChanges['flags'][number] => ({
  key,
  flags,
  ...(version !== undefined && { version }),
})
