import type { FetchSink } from './fetchParser.ts'

/**
 * Gives each FETCH response to the command that asked for it. Dovecot for one answers a command only when it has sent the data of the next
 * ones, too, so neither the order nor the tagged answers tell whose data it is: the UID does, and whether there is content.
 */
export function fetchRouter(sinkFor: (uid: number, body: boolean) => FetchSink | undefined): FetchSink {
  let taker: FetchSink | undefined
  return {
    bodyStart(size, uid) {
      taker = sinkFor(uid, true)
      taker?.bodyStart?.(size, uid)
    },
    bodyChunk(bytes) {
      taker?.bodyChunk?.(bytes)
    },
    fetched(fields) {
      const sink = fields.body === 'given' ? taker : sinkFor(fields.uid, fields.body === 'nil')
      taker = undefined
      sink?.fetched(fields)
    },
  }
}
