import { findJob } from '../../ledger/jobs.ts'
import { refreshCsv, refreshHtml } from '../../migration/report/refreshReport.ts'
import { replaceFile } from '../../migration/report/writeReport.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** Writes what a refresh found of each mailbox into a file. Throws `file.unwritable`. */
export const jobRefreshReport: Handler<'job.refreshReport', EngineContext> = async (
  { ledger, version },
  { name, file, format, language = 'en', lines },
) => {
  const { name: job } = await findJob(ledger.db, name)
  const report = { job, at: new Date(ledger.clock.now()).toISOString(), version, language, lines }
  await replaceFile(file, format === 'csv' ? refreshCsv(report) : refreshHtml(report))
}
