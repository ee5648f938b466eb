import { z } from 'zod'
import { readJson } from './pages.ts'
import { ask } from './send.ts'
import { type SessionContext, storeOf } from './sessionContext.ts'

/** Where items are imported: an address that carries its own authorisation and dies with it. It is in memory alone. */
export interface ImportAddress {
  /** Asks for one where there is none, or it is about to end. */
  current(context: SessionContext, signal: AbortSignal): Promise<string>
  /** The server no longer takes it. */
  refused(url: string): void
}

/** Milliseconds before its end in which an address isn't used any more. */
const margin = 60_000

const sessionSchema = z.object({ importUrl: z.string().min(1), expirationDateTime: z.string() })

export function createImportAddress(): ImportAddress {
  let known: { readonly url: string; readonly until: number } | undefined
  let asked: Promise<string> | undefined
  return {
    async current(context, signal) {
      if (known && known.until - margin > context.serverTime) return known.url
      asked ??= create(context, signal).finally(() => {
        asked = undefined
      })
      return asked
    },
    refused(url) {
      if (known?.url === url) known = undefined
    },
  }

  async function create(context: SessionContext, signal: AbortSignal): Promise<string> {
    const operation = 'POST createImportSession'
    const needs = ['MailboxItem.ImportExport.All']
    const response = await ask(context, { method: 'POST', path: `${storeOf(context)}/createImportSession` }, { operation, signal, needs })
    const { importUrl, expirationDateTime } = readJson(context, sessionSchema, response.json, operation)
    known = { url: importUrl, until: Date.parse(expirationDateTime) || 0 }
    return importUrl
  }
}
