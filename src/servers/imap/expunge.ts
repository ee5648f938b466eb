import type { WriteOptions } from '../mailServer.ts'
import type { SessionContext } from './sessionContext.ts'
import type { OpenFolder } from './wire/inFolder.ts'
import { search } from './wire/searchUids.ts'
import { formatUidSet } from './wire/uidSet.ts'

/**
 * Deletes these messages for good and no others. UIDPLUS (RFC 4315) expunges by UID; without it EXPUNGE takes all that are marked `\Deleted`,
 * so where a person marked others ours stay marked, as his do, until somebody expunges the folder.
 */
export async function expunge(
  context: SessionContext,
  open: OpenFolder,
  uids: readonly number[],
  { deadline }: WriteOptions,
): Promise<void> {
  const run = (name: string, args = '') => open.run({ name, text: `${name}${args}`, deadline, weight: 2 })
  const set = formatUidSet(uids)
  if (context.capabilities.has('UIDPLUS')) {
    await Promise.all([run('UID STORE', ` ${set} +FLAGS.SILENT (\\Deleted)`), run('UID EXPUNGE', ` ${set}`)])
    return
  }
  await run('UID STORE', ` ${set} +FLAGS.SILENT (\\Deleted)`)
  const ours = new Set(uids)
  const marked = await search(context, open, 'DELETED')
  const onlyOurs = marked.every(
    ([from, to]) => to - from < ours.size && Array.from({ length: to - from + 1 }, (_, index) => from + index).every(uid => ours.has(uid)),
  )
  if (onlyOurs) await run('EXPUNGE')
}
