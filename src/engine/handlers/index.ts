import type { Handlers } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { connectionDelete } from './connectionDelete.ts'
import { connectionList } from './connectionList.ts'
import { connectionPreflight } from './connectionPreflight.ts'
import { connectionSecret } from './connectionSecret.ts'
import { connectionShow } from './connectionShow.ts'
import { connectionTest } from './connectionTest.ts'
import { connectionTrust } from './connectionTrust.ts'
import { jobDelete } from './jobDelete.ts'
import { jobDryRun } from './jobDryRun.ts'
import { jobList } from './jobList.ts'
import { jobMatch } from './jobMatch.ts'
import { jobReport } from './jobReport.ts'
import { jobReset } from './jobReset.ts'
import { jobStart } from './jobStart.ts'
import { jobStatus } from './jobStatus.ts'
import { jobStop } from './jobStop.ts'
import { jobVerify } from './jobVerify.ts'
import { journalList } from './journalList.ts'
import { planApply } from './planApply.ts'
import { planExport } from './planExport.ts'

/** The engine's answer to every request of the protocol. */
export const handlers: Handlers<EngineContext> = {
  'plan.apply': planApply,
  'plan.export': planExport,
  'connection.list': connectionList,
  'connection.show': connectionShow,
  'connection.test': connectionTest,
  'connection.trust': connectionTrust,
  'connection.secret': connectionSecret,
  'connection.preflight': connectionPreflight,
  'connection.delete': connectionDelete,
  'job.list': jobList,
  'job.status': jobStatus,
  'job.start': jobStart,
  'job.stop': jobStop,
  'job.dryRun': jobDryRun,
  'job.match': jobMatch,
  'job.delete': jobDelete,
  'job.reset': jobReset,
  'job.verify': jobVerify,
  'job.report': jobReport,
  'journal.list': journalList,
}
