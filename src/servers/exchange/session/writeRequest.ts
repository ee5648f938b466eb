import { isError, MailferryError } from '../../../domain/errors.ts'
import { heldParts, type Piece, streamedBody } from '../../base64Body.ts'
import type { Folder, WriteOptions } from '../../mailServer.ts'
import { RequestTrouble } from '../soap/answer.ts'
import type { XmlNode } from '../soap/node.ts'
import { type Trouble, troubleOfMessage } from '../soap/trouble.ts'
import { noteTrouble, sendOnce } from './send.ts'
import { type About, beforeDeadline, envelopeOf, type SessionContext, sessionError } from './sessionContext.ts'

/** What one request said of one item: its message, the server's refusal of it, or that nothing is known. */
export type ItemAnswer =
  | { readonly state: 'written'; readonly message: XmlNode }
  /** It was surely not written. `again`: the server asks for it later. */
  | { readonly state: 'refused'; readonly trouble: Trouble }
  | { readonly state: 'unsent'; readonly error: MailferryError }
  | { readonly state: 'unknown'; readonly error: MailferryError }

export interface WriteRequest {
  readonly context: SessionContext
  readonly operation: string
  /** Absent where the items go to several. */
  readonly folder?: Folder | undefined
  readonly options: WriteOptions
  readonly pieces: readonly Piece[]
  /** How many items' answers are awaited. */
  readonly count: number
}

/** Sends something that must not be done twice, once, before the deadline, and answers for each of its items. Throws nothing. */
export async function sendWrite({ context, operation, folder, options, pieces, count }: WriteRequest): Promise<readonly ItemAnswer[]> {
  const answers: ItemAnswer[] = []
  let began = false
  let noted = false
  const rest = (answer: ItemAnswer): readonly ItemAnswer[] => [
    ...answers,
    ...Array.from({ length: Math.max(0, count - answers.length) }, () => answer),
  ]
  const inTime = beforeDeadline(context, options)
  const beforeSend = () => {
    inTime()
    began = true
  }
  try {
    await paced(context, pieces)
    const body = bodyOf(context, pieces)
    for await (const part of sendOnce(context, { operation, folder, body, signal: options.signal, beforeSend })) {
      if (!('message' in part)) continue
      const trouble = troubleOfMessage(part.message)
      if (trouble && isLoad(trouble) && !noted) {
        noted = true
        noteTrouble(context, trouble)
      }
      answers.push(answerOf(context, { operation, folder }, part.message, trouble))
    }
    const few = new MailferryError('server.protocol', { host: context.host, detail: `fewer answers to ${operation} than items` })
    return rest({ state: 'unknown', error: few })
  } catch (thrown) {
    if (thrown instanceof RequestTrouble) {
      const { trouble } = thrown
      // What takes too long or fails inside may have been done in part.
      if (trouble.meaning === 'timeout' || trouble.meaning === 'transient')
        return rest({ state: 'unknown', error: sessionError(context, { operation, folder }, trouble) })
      return rest({ state: 'refused', trouble })
    }
    const error = isError(thrown) ? thrown : new MailferryError('internal', { detail: String(thrown) }, { cause: thrown })
    // A source that broke off leaves a request without its end, which no server carries out.
    const cut = isError(thrown, 'item.changed', 'lease.lost', 'item.unreadable')
    return rest(began && !cut ? { state: 'unknown', error } : { state: 'unsent', error })
  }
}

const isLoad = ({ meaning }: Trouble): boolean => meaning === 'busy' || meaning === 'tooManyConnections'

/** A failure inside the server, told of one item of an answered request, was met before the item was saved: that is one step. */
function answerOf(context: SessionContext, about: About, message: XmlNode, trouble: Trouble | undefined): ItemAnswer {
  if (!trouble) return { state: 'written', message }
  const unsure = trouble.meaning === 'timeout' || (trouble.meaning === 'transient' && trouble.code !== 'ErrorInternalServerError')
  if (unsure) return { state: 'unknown', error: sessionError(context, about, trouble) }
  return { state: 'refused', trouble }
}

/** Waits where a rate limit asks for it. */
async function paced({ options }: SessionContext, pieces: readonly Piece[]): Promise<void> {
  for (const piece of pieces) if (typeof piece !== 'string') await options.meter?.took(piece.size)
}

const isStream = (piece: Piece): boolean => typeof piece !== 'string' && 'stream' in piece

function bodyOf(context: SessionContext, pieces: readonly Piece[]) {
  const { start, end } = envelopeOf(context)
  const whole = [start, ...pieces, end]
  return whole.some(isStream)
    ? streamedBody(whole, (expected, actual) => new MailferryError('item.changed', { expected, actual }))
    : heldParts(joined(whole))
}

/** Neighbouring texts as one. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece
    else result.push(piece)
  }
  return result
}
