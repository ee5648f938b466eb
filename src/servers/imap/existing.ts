import { fetchEach } from './wire/fetchAll.ts'
import type { OpenFolder } from './wire/inFolder.ts'

/** Those of the UIDs that are still there, ascending. */
export async function existing(open: OpenFolder, uids: readonly number[]): Promise<number[]> {
  const found = new Set<number>()
  const sink = { fetched: ({ uid }: { readonly uid: number }) => void found.add(uid) }
  await fetchEach(open, { uids, items: '(UID)', sink, has: uid => found.has(uid) })
  return [...found].sort((a, b) => a - b)
}
