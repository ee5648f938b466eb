import type { Handlers } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { connectionCheck } from './connectionCheck.ts'
import { connectionDelete } from './connectionDelete.ts'
import { connectionDuplicate } from './connectionDuplicate.ts'
import { connectionList } from './connectionList.ts'
import { connectionMailboxes } from './connectionMailboxes.ts'
import { connectionPreflight } from './connectionPreflight.ts'
import { connectionReconfigure } from './connectionReconfigure.ts'
import { connectionRename } from './connectionRename.ts'
import { connectionSave } from './connectionSave.ts'
import { connectionSecret } from './connectionSecret.ts'
import { connectionSecretGiven } from './connectionSecretGiven.ts'
import { connectionShow } from './connectionShow.ts'
import { connectionTest } from './connectionTest.ts'
import { connectionTrust } from './connectionTrust.ts'
import { connectionTryOut } from './connectionTryOut.ts'
import { csvPreview } from './csvPreview.ts'
import { cutoverStatus } from './cutoverStatus.ts'
import { cutoverTick } from './cutoverTick.ts'
import { domainDeclare } from './domainDeclare.ts'
import { domainStatus } from './domainStatus.ts'
import { jobAcceptReplacement } from './jobAcceptReplacement.ts'
import { jobDelete } from './jobDelete.ts'
import { jobDryRun } from './jobDryRun.ts'
import { jobList } from './jobList.ts'
import { jobMatch } from './jobMatch.ts'
import { jobMatchPreview } from './jobMatchPreview.ts'
import { jobPairs } from './jobPairs.ts'
import { jobPrioritise } from './jobPrioritise.ts'
import { jobQueue } from './jobQueue.ts'
import { jobRefreshAddresses } from './jobRefreshAddresses.ts'
import { jobRefreshReport } from './jobRefreshReport.ts'
import { jobRename } from './jobRename.ts'
import { jobReport } from './jobReport.ts'
import { jobReset } from './jobReset.ts'
import { jobSave } from './jobSave.ts'
import { jobScripts } from './jobScripts.ts'
import { jobStart } from './jobStart.ts'
import { jobStatus } from './jobStatus.ts'
import { jobStop } from './jobStop.ts'
import { jobVerify } from './jobVerify.ts'
import { jobX500 } from './jobX500.ts'
import { journalList } from './journalList.ts'
import { mailboxesList } from './mailboxesList.ts'
import { office365Certificate } from './office365Certificate.ts'
import { office365ReadCertificate } from './office365ReadCertificate.ts'
import { office365Register } from './office365Register.ts'
import { office365RegisterScript } from './office365RegisterScript.ts'
import { office365Renew } from './office365Renew.ts'
import { office365RenewScript } from './office365RenewScript.ts'
import { office365SignIn } from './office365SignIn.ts'
import { pairDetails } from './pairDetails.ts'
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
  'connection.mailboxes': connectionMailboxes,
  'connection.check': connectionCheck,
  'connection.reconfigure': connectionReconfigure,
  'domain.declare': domainDeclare,
  'domain.status': domainStatus,
  'cutover.status': cutoverStatus,
  'cutover.tick': cutoverTick,
  'job.list': jobList,
  'job.status': jobStatus,
  'job.start': jobStart,
  'job.stop': jobStop,
  'job.dryRun': jobDryRun,
  'job.match': jobMatch,
  'job.delete': jobDelete,
  'job.refreshAddresses': jobRefreshAddresses,
  'job.refreshReport': jobRefreshReport,
  'job.acceptReplacement': jobAcceptReplacement,
  'job.reset': jobReset,
  'job.verify': jobVerify,
  'job.report': jobReport,
  'job.x500': jobX500,
  'job.scripts': jobScripts,
  'journal.list': journalList,
  'connection.save': connectionSave,
  'connection.tryOut': connectionTryOut,
  'connection.rename': connectionRename,
  'connection.duplicate': connectionDuplicate,
  'connection.secretGiven': connectionSecretGiven,
  'job.save': jobSave,
  'job.prioritise': jobPrioritise,
  'job.rename': jobRename,
  'job.queue': jobQueue,
  'job.matchPreview': jobMatchPreview,
  'csv.preview': csvPreview,
  'job.pairs': jobPairs,
  'pair.details': pairDetails,
  'mailboxes.list': mailboxesList,
  'office365.certificate': office365Certificate,
  'office365.readCertificate': office365ReadCertificate,
  'office365.registerScript': office365RegisterScript,
  'office365.renew': office365Renew,
  'office365.renewScript': office365RenewScript,
  'office365.register': office365Register,
  'office365.signIn': office365SignIn,
}
