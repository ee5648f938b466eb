import { Readable } from 'node:stream'
import type { Silence } from './silence.ts'

const slice = 65_536

/** A request's body in slices, so that a slow line is told from a silent one, and with the last word before the first byte leaves. */
export function outgoing(body: readonly Buffer[], silence: Silence, beforeSend: (() => void) | undefined): Readable {
  return Readable.from(
    (function* () {
      beforeSend?.()
      for (const part of body) {
        for (let at = 0; at < part.length; at += slice) {
          yield part.subarray(at, at + slice)
          silence.heard()
        }
      }
    })(),
    { objectMode: false },
  )
}
