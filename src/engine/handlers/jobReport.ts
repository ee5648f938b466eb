import { findJob } from '../../ledger/jobs.ts'
import { report } from '../../migration/report/buildReport.ts'
import { saveReport } from '../../migration/report/writeReport.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** Writes what of a job was migrated, and every item that wasn't, into files. Throws `file.unwritable`. */
export const jobReport: Handler<'job.report', EngineContext> = async ({ ledger, version }, { name, file, format, language }) => {
  const written = await report(ledger, await findJob(ledger.db, name), { version, ...(language === undefined ? {} : { language }) })
  return { files: await saveReport(written, file, format), verdict: written.verdict }
}
