import { Readable } from 'node:stream'
import type { Silence } from './silence.ts'

/** Parts of known lengths, there or made while they are sent, as often as that is; or a stream that gives exactly as many bytes as it says: those that are too large to be held. */
export type RequestBody =
  | readonly Buffer[]
  | (Iterable<Buffer> & { readonly size: number })
  | { readonly size: number; readonly parts: AsyncIterable<Buffer> }

export const lengthOf = (body: RequestBody): number => ('size' in body ? body.size : body.reduce((sum, { length }) => sum + length, 0))

const slice = 65_536

/** A request's body in slices, so that a slow line is told from a silent one; `beforeSend` has the last word before each of them leaves. */
export function outgoing(body: RequestBody, silence: Silence, beforeSend: (() => void) | undefined): Readable {
  return Readable.from(
    (async function* () {
      for await (const part of 'parts' in body ? body.parts : body) {
        for (let at = 0; at < part.length; at += slice) {
          beforeSend?.()
          yield part.subarray(at, at + slice)
          silence.heard()
        }
      }
    })(),
    { objectMode: false },
  )
}
