import { findConnection } from '../../ledger/connections.ts'
import { findJob } from '../../ledger/jobs.ts'
import { dryRun } from '../../migration/dryRun.ts'
import { findingText } from '../../migration/findingText.ts'
import { preflight } from '../../migration/preflight.ts'
import { createJobLimits } from '../../migration/throttle.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { chosenPairs } from '../chosenPairs.ts'
import type { EngineContext } from '../context.ts'
import { openJobServers } from '../jobServers.ts'
import { createTargetReadiness } from '../targetReadiness.ts'

/** Tells what a run would copy, what is in its way and about how long it takes. Writes nothing, neither to a server nor to the ledger. */
export const jobDryRun: Handler<'job.dryRun', EngineContext> = async (context, { name, mailboxes }, call) => {
  const { db } = context.ledger
  const job = await findJob(db, name)
  const pairs = await chosenPairs(db, job, mailboxes)
  await using servers = await openJobServers(context, job, call.emit)
  const { connections } = createJobLimits(job.settings.limits)
  const { source, target } = servers
  const { refusal } = createTargetReadiness({
    job,
    target,
    connection: (await findConnection(db, job.target)).name,
    clock: context.ledger.clock,
    emit: call.emit,
  })
  const forecasts = dryRun({ db, job, source, target, connections, signal: call.signal, refusal }, pairs)
  let problems = 0
  for (;;) {
    const { done, value } = await forecasts.next()
    if (done) return { ...value, problems }
    const { folders, ...forecast } = value
    const findings = preflight(job, value).map(finding => ({ ...finding, text: findingText(finding) }))
    if (findings.some(({ level }) => level === 'problem')) problems += 1
    call.emit({ event: 'forecast', job: job.name, ...forecast, folders: folders.length, findings })
  }
}
