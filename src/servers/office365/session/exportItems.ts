import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import { createBase64Decoder } from '../../base64Decoder.ts'
import type { GraphRequest } from '../graph/graphTransport.ts'
import type { Reading } from './contents.ts'
import { readJson } from './pages.ts'
import { ask } from './send.ts'
import { storeOf } from './sessionContext.ts'

/** Items of one request ("mailbox-exportitems"). */
export const exportsAtOnce = 20

const operation = 'POST exportItems'

const exportedSchema = z.object({
  value: z.array(
    z.object({
      itemId: z.string().nullish(),
      data: z.string().nullish(),
      error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
    }),
  ),
})

/** An item as it was exported; why not, or `undefined` where it is gone. */
export type Exported = Buffer | { readonly refused: string } | undefined

/** The complete streams of some items, whole. */
export async function exportItems(reading: Reading, ids: readonly string[]): Promise<Map<string, Exported>> {
  const { context, signal } = reading
  const results = new Map<string, Exported>(ids.map(id => [id, undefined]))
  const response = await ask(context, request(reading, ids), { operation, signal })
  const { value } = readJson(context, exportedSchema, response.json, operation)
  const byName = new Map(value.flatMap(one => (one.itemId ? [[one.itemId, one] as const] : [])))
  for (const [index, id] of ids.entries()) {
    // Should it call an item by another of its ids, the order tells.
    const one = byName.get(id) ?? (value.length === ids.length ? value[index] : undefined)
    if (one?.data) results.set(id, decoded(reading, one.data))
    else if (!/ItemNotFound/i.test(one?.error?.code ?? '')) results.set(id, { refused: one?.error?.code ?? 'an answer without content' })
  }
  return results
}

export const request = ({ context }: Reading, ids: readonly string[]): GraphRequest => ({
  method: 'POST',
  path: `${storeOf(context)}/exportItems`,
  json: { itemIds: ids },
})

function decoded({ context }: Reading, data: string): Buffer {
  const decoder = createBase64Decoder()
  try {
    const bytes = decoder.decode(Buffer.from(data, 'latin1'))
    decoder.end()
    return bytes
  } catch (cause) {
    throw new MailferryError('server.protocol', { host: context.host, detail: 'an exported item that is no base64' }, { cause })
  }
}
