import { z } from 'zod'
import type { Role } from '../../../domain/connection.ts'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { GraphResponse } from '../graph/graphTransport.ts'
import { readJson } from './pages.ts'
import { ask } from './send.ts'
import { type SessionContext, sessionError, storeOf } from './sessionContext.ts'

const settingsSchema = z.object({ primaryMailboxId: z.string().nullish() })

/**
 * `/admin/exchange/mailboxes/{id}`, by which items come and go in full; or why not, where the application lacks a permission for it, or the mailbox can't be reached so:
 * mail alone is migrated then, as messages. The permissions to find a mailbox, to list its items, and to take them out or put them in, are three (Microsoft Graph permissions
 * reference, MailboxFolder and MailboxItem), and Exchange may bind each to some mailboxes; so what is going to be done is asked for.
 */
export async function transferStore(context: SessionContext, role: Role, signal: AbortSignal): Promise<string | MailferryError> {
  const found = { operation: 'GET settings/exchange', signal }
  const settings = await ask(context, { method: 'GET', path: `${context.user}/settings/exchange` }, found, isClosed)
  if (settings.error) return sessionError(context, found, settings)
  const { primaryMailboxId } = readJson(context, settingsSchema, settings.json, found.operation)
  if (!primaryMailboxId) return new MailferryError('mailbox.notOnline', { mailbox: context.owner.address, response: 'no primaryMailboxId' })
  const store = `/admin/exchange/mailboxes/${encodeURIComponent(primaryMailboxId)}`
  const refused =
    (await (role === 'source' ? mayExport : mayImport)({ ...context, store }, signal)) ?? (await mayList({ ...context, store }, signal))
  return refused ?? store
}

/** Asks for an item that isn't there: whoever may export hears that, in whatever way; others are forbidden to ask. Answers the refusal. */
async function mayExport(context: SessionContext, signal: AbortSignal): Promise<MailferryError | undefined> {
  const request = { method: 'POST', path: `${storeOf(context)}/exportItems`, json: { itemIds: ['none'] } } as const
  const asking = { operation: 'POST exportItems', signal }
  const response = await ask(context, request, asking, ({ status }) => status < 500 && status !== 429)
  return response.status === 403 ? sessionError(context, asking, response) : undefined
}

/** The address is kept, for the items that are going to be written. */
async function mayImport(context: SessionContext, signal: AbortSignal): Promise<MailferryError | undefined> {
  try {
    await context.importAddress.current(context, signal)
    return undefined
  } catch (error) {
    if (isError(error, 'permission.graph')) return error
    throw error
  }
}

async function mayList(context: SessionContext, signal: AbortSignal): Promise<MailferryError | undefined> {
  const path = `${storeOf(context)}/folders/inbox/items?$select=id&$top=1`
  const asking = { operation: 'GET items', signal }
  const response = await ask(context, { method: 'GET', path }, asking, ({ status }) => status === 403)
  return response.error ? sessionError(context, asking, response) : undefined
}

const isClosed = ({ status }: GraphResponse): boolean => status === 403 || status === 404
