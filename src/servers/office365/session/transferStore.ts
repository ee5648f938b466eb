import { z } from 'zod'
import type { Role } from '../../../domain/connection.ts'
import { isError } from '../../../domain/errors.ts'
import type { GraphResponse } from '../graph/graphTransport.ts'
import { readJson } from './pages.ts'
import { ask } from './send.ts'
import type { SessionContext } from './sessionContext.ts'

const settingsSchema = z.object({ primaryMailboxId: z.string().nullish() })

/**
 * `/admin/exchange/mailboxes/{id}`, by which items come and go in full. Undefined where the application lacks a permission for it, or the mailbox can't be reached so:
 * mail alone is migrated then, as messages. The permissions to find a mailbox, to list its items, and to take them out or put them in, are three (Microsoft Graph permissions
 * reference, MailboxFolder and MailboxItem), and Exchange may bind either to some mailboxes; so what is going to be done is asked for.
 */
export async function transferStore(context: SessionContext, role: Role, signal: AbortSignal): Promise<string | undefined> {
  const asking = { operation: 'GET settings/exchange', signal }
  const response = await ask(context, { method: 'GET', path: `${context.user}/settings/exchange` }, asking, isClosed)
  if (response.error) return undefined
  const { primaryMailboxId } = readJson(context, settingsSchema, response.json, asking.operation)
  if (!primaryMailboxId) return undefined
  const store = `/admin/exchange/mailboxes/${encodeURIComponent(primaryMailboxId)}`
  const mayMove = role === 'source' ? await mayExport(context, store, signal) : await mayImport({ ...context, store }, signal)
  return mayMove && (await mayList(context, store, signal)) ? store : undefined
}

async function mayList(context: SessionContext, store: string, signal: AbortSignal): Promise<boolean> {
  const path = `${store}/folders/inbox/items?$select=id&$top=1`
  const { status } = await ask(context, { method: 'GET', path }, { operation: 'GET items', signal }, ({ status }) => status === 403)
  return status !== 403
}

/** Asks for an item that isn't there: whoever may export hears that, in whatever way; others are forbidden to ask. */
async function mayExport(context: SessionContext, store: string, signal: AbortSignal): Promise<boolean> {
  const request = { method: 'POST', path: `${store}/exportItems`, json: { itemIds: ['none'] } } as const
  const { status } = await ask(context, request, { operation: 'POST exportItems', signal }, ({ status }) => status < 500 && status !== 429)
  return status !== 403
}

/** The address is kept, for the items that are going to be written. */
async function mayImport(context: SessionContext, signal: AbortSignal): Promise<boolean> {
  try {
    await context.importAddress.current(context, signal)
    return true
  } catch (error) {
    if (isError(error, 'permission.graph')) return false
    throw error
  }
}

const isClosed = ({ status }: GraphResponse): boolean => status === 403 || status === 404
