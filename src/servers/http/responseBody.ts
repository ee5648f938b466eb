import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { exchangeError } from './httpErrors.ts'
import type { Origin } from './origin.ts'
import type { Silence } from './silence.ts'

interface Reading {
  readonly origin: Origin
  readonly silence: Silence
  readonly close: () => void
}

/** The bytes of an answer, decompressed. A reading that ends early takes the connection with it: what is left on it belongs to nobody. */
export async function* responseBody(answer: Dispatcher.ResponseData, { origin, silence, close }: Reading): AsyncGenerator<Buffer, void> {
  let complete = false
  try {
    for await (const chunk of decoded(answer)) {
      silence.rest()
      yield chunk
      silence.heard()
    }
    complete = true
  } catch (error) {
    throw exchangeError(origin, silence.signal, error)
  } finally {
    silence.end()
    if (!complete) close()
  }
}

function decoded({ headers, body }: Dispatcher.ResponseData): AsyncIterable<Buffer> {
  if (headers['content-encoding']?.toString().toLowerCase() !== 'gzip') return body
  // What goes wrong on the way comes out of the last stream.
  return pipeline(body, createGunzip(), () => {})
}
