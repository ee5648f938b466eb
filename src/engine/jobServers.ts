import type { Job } from '../domain/job.ts'
import { findConnection } from '../ledger/connections.ts'
import type { EngineEvent } from '../rpc/events.ts'
import type { EngineContext } from './context.ts'
import { type GuardedServer, type GuardedServerDeps, guardedServer } from './guardedServer.ts'
import { learnIdentity } from './learnIdentity.ts'
import { lazySource, secretLoader } from './secretLoader.ts'

export interface JobServers extends AsyncDisposable {
  readonly source: GuardedServer
  readonly target: GuardedServer
}

/**
 * Both servers of a job, with the secrets that this run keeps in memory. Nothing is connected before a mailbox is opened. With `learn` mailboxes are asked who they are:
 * see `learnIdentity`.
 */
export async function openJobServers(
  context: Pick<EngineContext, 'ledger' | 'secrets' | 'openServer'>,
  job: Pick<Job, 'source' | 'target'>,
  emit: (event: EngineEvent) => void,
  learn = false,
): Promise<JobServers> {
  const open = async (id: Job['source']): Promise<GuardedServer> => {
    const connection = await findConnection(context.ledger.db, id)
    const load = secretLoader(context, connection, emit)
    const server = await context.openServer(connection, lazySource(load))
    const { ledger } = context
    const opened: GuardedServerDeps['opened'] = opened => learnIdentity(ledger, connection, server, opened)
    return guardedServer({ server, ledger, connection, load, ...(learn ? { opened } : {}) })
  }
  const source = await open(job.source)
  const target = await open(job.target)
  return {
    source,
    target,
    async [Symbol.asyncDispose]() {
      await Promise.all([source[Symbol.asyncDispose](), target[Symbol.asyncDispose]()])
    },
  }
}
