import { z } from 'zod'
import { inBeta } from '../graph/inBeta.ts'
import { readJson } from './pages.ts'
import { ask } from './send.ts'
import type { SessionContext } from './sessionContext.ts'

const settingsSchema = z.object({ inPlaceArchiveMailboxId: z.string().nullish() })

/** The id of the archive that belongs to a mailbox, which only Graph's beta version tells ("exchangeSettings"); nothing where there is none. */
export async function archiveId(context: SessionContext, signal: AbortSignal): Promise<string | undefined> {
  const asking = { operation: 'GET settings/exchange', signal, needs: ['User.Read.All'] }
  const beta = { ...context, transport: inBeta(context.transport) }
  const { json } = await ask(beta, { method: 'GET', path: `${context.user}/settings/exchange` }, asking)
  return readJson(context, settingsSchema, json, asking.operation).inPlaceArchiveMailboxId || undefined
}
