import { setWanted } from '../../ledger/editJobs.ts'
import { findJob } from '../../ledger/jobs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** Says in the ledger that the job is to stop; whichever engine runs it obeys within a second. */
export const jobStop: Handler<'job.stop', EngineContext> = ({ ledger }, { name }) =>
  ledger.write(async tx => {
    const job = await findJob(tx, name)
    await setWanted(tx, job.id, 'stop')
  })
