import { z } from 'zod'
import { isError, MailferryError } from '../../../domain/errors.ts'
import { lengthOf } from '../../http/outgoing.ts'
import type { GraphResponse } from '../graph/graphTransport.ts'
import { type Asking, createPatience, sendOptions } from './send.ts'
import type { SessionContext } from './sessionContext.ts'

/** Bytes of one range: below the 4 MB that a range may have. */
export const rangeSize = 12 * 320 * 1024

export type Uploading = Pick<SessionContext, 'transport' | 'host' | 'pause' | 'owner' | 'options'>

/** A file by its ranges. */
export interface Ranges {
  readonly size: number
  /** So many bytes from there on, or fewer. Throws where they can't be had any more. */
  read(from: number, length: number): Promise<readonly Buffer[]>
}

/** Each as `1024-` or `1024-2047`. */
const progressSchema = z.object({ nextExpectedRanges: z.array(z.string().regex(/^\d+(?:-\d*)?$/)) })

/**
 * Uploads a file range by range ("attachment: createUploadSession"), going on where the server says that it is, wherever that may be. Answers what a range was refused
 * with: then nothing was added. Throws what interrupts the last range, which makes it an attachment, for that can't be asked for.
 */
export async function uploadRanges(
  context: Uploading,
  url: string,
  { size, read }: Ranges,
  asking: Asking,
): Promise<GraphResponse | undefined> {
  const patience = createPatience(context, asking)
  for (let at = 0; at < size; ) {
    const bytes = await read(at, Math.min(rangeSize, size - at))
    const end = at + lengthOf(bytes)
    const headers = { 'content-range': `bytes ${at}-${end - 1}/${size}` }
    const content = { type: 'application/octet-stream', bytes }
    let failure: MailferryError
    try {
      const response = await context.transport.sendTo(url, { method: 'PUT', headers, content }, sendOptions(context, asking))
      if (response.error) return response
      const next = nextIn(response.json) ?? end
      if (next > at && next <= end) {
        at = next
        patience.progress()
        continue
      }
      failure = astray(context, next)
    } catch (thrown) {
      if (end === size || !mayGoOn(thrown)) throw thrown
      failure = thrown
    }
    await patience.after(failure)
    const response = await context.transport.sendTo(url, { method: 'GET' }, sendOptions(context, asking))
    if (response.error) return response
    const next = nextIn(response.json)
    if (next === undefined || next >= size) throw astray(context, next)
    at = next
  }
  return undefined
}

/** Where the server goes on; nothing where it says nothing, as at the end. */
function nextIn(json: unknown): number | undefined {
  const [next] = progressSchema.safeParse(json).data?.nextExpectedRanges ?? []
  return next === undefined ? undefined : Number.parseInt(next, 10)
}

const astray = ({ host }: Uploading, next: number | undefined): MailferryError =>
  new MailferryError('server.protocol', { host, detail: `an upload goes on at ${next ?? 'no byte'}, where it can’t` })

const mayGoOn = (thrown: unknown): thrown is MailferryError =>
  isError(thrown, 'server.busy', 'server.dropped', 'server.stalled', 'server.protocol', 'server.webPage')

/** Some bytes of a file where they lie: a large one is not held twice. */
export function rangeOf(chunks: readonly Buffer[], from: number, length: number): Buffer[] {
  const range: Buffer[] = []
  let at = 0
  for (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, from - at), Math.max(0, from + length - at))
    if (part.length > 0) range.push(part)
    at += chunk.length
  }
  return range
}
