import { mayReconfigure, type Reconfiguration, reconfigurationPlan, refuseReconfiguration } from '../../domain/reconfigure.ts'
import { recordedIn } from '../../domain/refusedSignIns.ts'
import { findConnection } from '../../ledger/connections.ts'
import { listJobs } from '../../ledger/jobs.ts'
import { reconfigureConnection } from '../../ledger/reconfigureConnection.ts'
import { runningJobs } from '../../ledger/runningJobs.ts'
import type { Call, Handler, Params } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { mailboxesOf } from '../mailboxesOf.ts'
import { secretToTry, withStoredSecret } from '../reconfigure/newSecret.ts'
import { newSettings } from '../reconfigure/newSettings.ts'
import { type OpenAs, proveOrganisation } from '../reconfigure/proof.ts'
import { provenSettings } from '../reconfigure/provenSettings.ts'
import { stopJobs } from '../reconfigure/stopJobs.ts'

/**
 * Gives a connection a new server address, admin account or secret of the *same* organisation, while jobs use it. Tells what it means, verifies, compares
 * the organisation, and only then writes, all or nothing; with `check` it ends before. Throws what `mayReconfigure` answers, and what a check failed with.
 */
export const connectionReconfigure: Handler<'connection.reconfigure', EngineContext> = async (context, params, call) => {
  const { ledger } = context
  await begin(context, params, call)
  const connection = await findConnection(ledger.db, params.name)
  const settings = newSettings(connection.settings, params)
  const secret = await secretToTry(context, { ...connection, settings }, params.secret, call.emit)
  const before = recordedIn(connection.verification)
  const asked = provenSettings(settings, before, params.server !== undefined)
  const open: OpenAs = verification => context.openServer({ ...connection, settings: asked, verification }, secret.source)
  const { learned, evidence } = await proveOrganisation(open, connection, await mailboxesOf(ledger.db, connection), call)
  const { responsible, anyway } = params
  const wanted: Reconfiguration = {
    settings,
    evidence,
    found: learned.organisation,
    ...(responsible === undefined ? {} : { typedName: responsible }),
    ...(anyway === undefined ? {} : { anyway }),
  }
  const refusal = mayReconfigure(connection, wanted, await listJobs(ledger.db), new Set())
  if (refusal !== undefined) throw refusal
  const discovered = params.server === undefined ? (learned.discovered ?? before?.discovered) : learned.discovered
  const recorded = { at: new Date(context.now()).toISOString(), ...learned, ...(discovered === undefined ? {} : { discovered }) }
  if (params.check === true) return { evidence, recorded, changed: false }
  const reference = params.secret === undefined ? {} : { secret: params.secret.reference }
  await withStoredSecret(context.vault, connection, params.secret, () =>
    ledger.write(tx => reconfigureConnection(tx, connection.id, { ...wanted, ...reference, recorded })),
  )
  return { evidence, recorded, changed: true }
}

/** Tells the plan before anything is asked of a server. Running jobs are in the way, unless they are to be stopped or nothing is to be changed. */
async function begin({ ledger }: EngineContext, { name, anyway, ...params }: Params<'connection.reconfigure'>, call: Call): Promise<void> {
  const connection = await findConnection(ledger.db, name)
  const jobs = await listJobs(ledger.db)
  const running = await runningJobs(ledger.db)
  const inTheWay = params.stopJobs === true || params.check === true ? new Set<never>() : running
  const refusal = refuseReconfiguration(connection, anyway === undefined ? {} : { anyway }, jobs, inTheWay)
  if (refusal !== undefined) throw refusal
  const plan = reconfigurationPlan(connection, jobs, running)
  if (plan.possible === 'no') return
  call.emit({
    event: 'reconfiguration',
    connection: connection.name,
    reason: plan.reason,
    jobs: plan.jobs.map(job => job.name),
    running: plan.running.map(job => job.name),
  })
  if (params.check !== true && plan.running.length > 0) await stopJobs(ledger, plan.running, call.signal)
}
