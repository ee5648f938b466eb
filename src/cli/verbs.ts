import type { Verb } from './verb.ts'
import { apply } from './verbs/apply.ts'
import { connectionCheck } from './verbs/connectionCheck.ts'
import { connectionDelete } from './verbs/connectionDelete.ts'
import { connectionDuplicate } from './verbs/connectionDuplicate.ts'
import { connectionList } from './verbs/connectionList.ts'
import { connectionMailboxes } from './verbs/connectionMailboxes.ts'
import { connectionPreflight } from './verbs/connectionPreflight.ts'
import { connectionReconfigure } from './verbs/connectionReconfigure.ts'
import { connectionRename } from './verbs/connectionRename.ts'
import { connectionSecret } from './verbs/connectionSecret.ts'
import { connectionShow } from './verbs/connectionShow.ts'
import { connectionSignIn } from './verbs/connectionSignIn.ts'
import { connectionTest } from './verbs/connectionTest.ts'
import { cutover } from './verbs/cutover.ts'
import { cutoverTick } from './verbs/cutoverTick.ts'
import { domainDeclare } from './verbs/domainDeclare.ts'
import { domainStatus } from './verbs/domainStatus.ts'
import { exportPlan } from './verbs/exportPlan.ts'
import { imceaex } from './verbs/imceaex.ts'
import { jobAcceptReplacement } from './verbs/jobAcceptReplacement.ts'
import { jobDelete } from './verbs/jobDelete.ts'
import { jobDelta } from './verbs/jobDelta.ts'
import { jobDryRun } from './verbs/jobDryRun.ts'
import { jobList } from './verbs/jobList.ts'
import { jobMatch } from './verbs/jobMatch.ts'
import { jobRefreshAddresses } from './verbs/jobRefreshAddresses.ts'
import { jobRename } from './verbs/jobRename.ts'
import { jobReport } from './verbs/jobReport.ts'
import { jobReset } from './verbs/jobReset.ts'
import { jobScripts } from './verbs/jobScripts.ts'
import { jobStart } from './verbs/jobStart.ts'
import { jobStatus } from './verbs/jobStatus.ts'
import { jobStop } from './verbs/jobStop.ts'
import { jobVerify } from './verbs/jobVerify.ts'
import { jobX500 } from './verbs/jobX500.ts'
import { journal } from './verbs/journal.ts'
import { office365Certificate } from './verbs/office365Certificate.ts'
import { office365Register } from './verbs/office365Register.ts'
import { office365RegisterScript } from './verbs/office365RegisterScript.ts'
import { office365Renew } from './verbs/office365Renew.ts'
import { sandbox } from './verbs/sandbox.ts'

/** Every command, in the order of the help text. */
export const verbs: readonly Verb[] = [
  apply,
  connectionList,
  connectionShow,
  connectionTest,
  connectionCheck,
  connectionMailboxes,
  connectionPreflight,
  connectionSecret,
  connectionSignIn,
  connectionReconfigure,
  connectionRename,
  connectionDuplicate,
  connectionDelete,
  domainDeclare,
  domainStatus,
  // Before `cutover`, whose arguments could be taken for it.
  cutoverTick,
  cutover,
  jobList,
  jobStatus,
  jobMatch,
  jobDryRun,
  jobStart,
  jobDelta,
  jobStop,
  jobVerify,
  jobReport,
  jobRefreshAddresses,
  jobX500,
  jobScripts,
  jobReset,
  jobAcceptReplacement,
  jobRename,
  jobDelete,
  imceaex,
  office365Certificate,
  office365Register,
  office365RegisterScript,
  office365Renew,
  exportPlan,
  journal,
  sandbox,
]
