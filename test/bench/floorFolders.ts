import type { RawImap } from '../support/rawImap.ts'

export interface ListedFolder {
  /** As on the wire. */
  readonly name: string
  readonly subscribed: boolean
  readonly messages: number
  readonly uidNext: number
  readonly uidValidity: string
  readonly modseq: string
}

/** All folders and where they stand in one command (RFC 5258, RFC 5819). */
export async function listFolders(connection: RawImap): Promise<ListedFolder[]> {
  const subscribed = new Set<string>()
  const folders: ListedFolder[] = []
  await connection.command(['LIST "" "*" RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))'], ({ text }) => {
    const list = /^\* LIST \(([^)]*)\) (?:"."|NIL) (.+)$/.exec(text)
    if (list?.[1]?.includes('\\Subscribed')) subscribed.add(plain(list[2] ?? ''))
    const status = /^\* STATUS (.+) \(([^()]*)\)$/.exec(text)
    if (!status) return
    const value = (item: string) => new RegExp(`${item} (\\d+)`).exec(status[2] ?? '')?.[1] ?? '0'
    const name = plain(status[1] ?? '')
    folders.push({
      name,
      subscribed: subscribed.has(name),
      messages: Number(value('MESSAGES')),
      uidNext: Number(value('UIDNEXT')),
      uidValidity: value('UIDVALIDITY'),
      modseq: value('HIGHESTMODSEQ'),
    })
  })
  return folders
}

const plain = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name)
