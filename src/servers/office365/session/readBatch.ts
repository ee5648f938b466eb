import type { ReadItem } from '../../mailServer.ts'
import { askEach } from './askEach.ts'
import { describe, type Reading, unreadable } from './contents.ts'
import { exportItems, exportsAtOnce } from './exportItems.ts'
import { isGone, messagePath, sessionError } from './sessionContext.ts'

/** Reads some items whole, in the order asked for. */
export async function readBatch(reading: Reading, ids: readonly string[]): Promise<readonly ReadItem[]> {
  const results = new Map<string, ReadItem>()
  await (reading.format === 'rfc822' ? readMessages(reading, ids, results) : readExports(reading, ids, results))
  return ids.flatMap(id => results.get(id) ?? [])
}

async function readMessages(reading: Reading, ids: readonly string[], results: Map<string, ReadItem>): Promise<void> {
  const { context, format, signal } = reading
  const operation = 'GET messages/{id}/$value'
  const details = await describe(reading, ids, results)
  await askEach(
    context,
    ids.filter(id => !results.has(id)),
    {
      operation,
      signal,
      request: id => ({ method: 'GET', path: `${messagePath(context, id)}/$value` }),
      answered(key, response) {
        if (isGone(response)) results.set(key, { key, gone: true })
        else if (response.error) {
          const error = sessionError(context, { operation }, response)
          if (error.remedy === 'person') throw error
          results.set(key, { key, error: unreadable(response.error.code, error) })
        } else if (!response.bytes) results.set(key, { key, error: unreadable('an answer without content') })
        else {
          const known = details.get(key)
          const content = { size: response.bytes.length, chunks: [response.bytes] }
          results.set(key, { key, format, content, ...(known && { details: known }) })
        }
      },
      unanswerable: (key, error) => void results.set(key, { key, error: unreadable(error.code, error) }),
    },
  )
}

async function readExports(reading: Reading, ids: readonly string[], results: Map<string, ReadItem>): Promise<void> {
  for (let at = 0; at < ids.length; at += exportsAtOnce) {
    for (const [key, exported] of await exportItems(reading, ids.slice(at, at + exportsAtOnce))) {
      if (exported === undefined) results.set(key, { key, gone: true })
      else if ('refused' in exported) results.set(key, { key, error: unreadable(exported.refused) })
      else results.set(key, { key, format: reading.format, content: { size: exported.length, chunks: [exported] } })
    }
  }
}
