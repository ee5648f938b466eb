import { MailferryError } from '../../domain/errors.ts'
import { differences } from '../../ledger/differences.ts'
import { foldersOf } from '../../ledger/folders.ts'
import { findJob } from '../../ledger/jobs.ts'
import { findPair } from '../../ledger/pairs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { ItemDetails } from '../../rpc/results.ts'
import type { EngineContext } from '../context.ts'
import { pairSummaries } from '../jobSummary.ts'

/** A pair with its folders and, up to a limit, the items that aren't simply migrated. Throws `pair.notFound`. */
export const pairDetails: Handler<'pair.details', EngineContext> = async ({ ledger: { db } }, { job: name, pair: which, limit }, call) => {
  const job = await findJob(db, name)
  const pair = await findPair(db, job.id, which)
  const [summary] = await pairSummaries(db, [pair])
  if (summary === undefined) throw new MailferryError('pair.notFound', { job: job.name, mailbox: which })
  const folders = (await foldersOf(db, pair.id)).map(({ sourcePath, targetPath, excluded, error }) => ({
    source: sourcePath,
    ...(targetPath === undefined ? {} : { target: targetPath }),
    ...(excluded === undefined ? {} : { excluded }),
    ...(error === undefined ? {} : { error }),
  }))
  const items: ItemDetails[] = []
  for await (const found of differences(db, { pair: pair.id })) {
    for (const { folder, item } of found) {
      const { state, size, received, attempts, reason, error } = item
      items.push({
        folder: folder.sourcePath,
        state,
        size,
        received: new Date(received).toISOString(),
        attempts,
        ...(reason === undefined ? {} : { reason }),
        ...(error === undefined ? {} : { error }),
      })
    }
    if (items.length > limit || call.signal.aborted) break
  }
  return { ...summary, job: job.name, folders, items: items.slice(0, limit), more: items.length > limit }
}
