import { MailferryError } from '../../domain/errors.ts'
import type { ReadItem } from '../mailServer.ts'
import { reopened } from '../reopened.ts'
import { breaksPerItem, concernsItem, pauseAfterBreak, type Reading, troubleOf, unreadable } from './reading.ts'
import { throwIfStopped } from './sessionContext.ts'
import { type BodyStream, bodyStream } from './wire/bodies.ts'
import { inFolder } from './wire/inFolder.ts'

export interface Streamed {
  readonly item: ReadItem
  /** Lets go what its taker left. */
  abandon(): void
}

/**
 * Reads one large item and answers as soon as it begins to arrive. A connection that breaks before is replaced; one that breaks afterwards
 * breaks the item's stream. `bytes` as the server told its size.
 */
export async function readStreamed(reading: Reading, uid: number, bytes: number): Promise<Streamed> {
  let missed = false
  for (let breaks = 1; ; breaks++) {
    throwIfStopped(reading.options.signal, 'reading')
    try {
      const streamed = await ask(reading, uid, bytes)
      // What isn't sent is asked for once more before it is taken to be gone.
      if (!('gone' in streamed.item) || missed) return streamed
      missed = true
    } catch (thrown) {
      const { error } = troubleOf(thrown, true)
      if (breaks >= breaksPerItem) return { item: unreadable(uid, error), abandon: () => {} }
      await pauseAfterBreak(reading, breaks)
    }
  }
}

/** The same bytes once more, from the first on. */
async function* readAgain(reading: Reading, uid: number, expected: number): AsyncGenerator<Buffer, void> {
  const { item, abandon } = await readStreamed(reading, uid, expected)
  try {
    if ('error' in item) throw item.error
    const actual = 'gone' in item ? 0 : item.content.size
    if ('gone' in item || actual !== expected) throw new MailferryError('item.changed', { expected, actual })
    yield* 'stream' in item.content ? item.content.stream : item.content.chunks
  } finally {
    abandon()
  }
}

async function ask(reading: Reading, uid: number, bytes: number): Promise<Streamed> {
  const { context, folder, since } = reading
  const open = await inFolder(context, folder, { notBefore: since })
  const body: BodyStream = bodyStream(open.wire)
  let nil = false
  const { answer } = open.send({
    name: 'UID FETCH',
    text: `UID FETCH ${uid} (UID BODY.PEEK[])`,
    fetch: {
      ...body,
      wants: one => one === uid,
      fetched(fields) {
        nil ||= fields.body === 'nil'
        body.fetched(fields)
      },
    },
    weight: 1 + bytes / 1_000_000,
  })
  answer.then(
    () => body.end(),
    (error: unknown) => body.end(error),
  )
  const content = await body.content
  if (content) {
    const { size, stream } = content
    const again = reopened(stream, () => readAgain(reading, uid, size))
    return { item: { key: uid, format: 'rfc822', content: { size, stream: again } }, abandon: () => body.abandon() }
  }
  const tagged = await answer
  const abandon = () => {}
  if (tagged.status === 'OK') return { item: nil ? unreadable(uid, undefined) : { key: uid, gone: true }, abandon }
  const refusal = open.wire.refusal({ name: 'UID FETCH' }, tagged, folder)
  if (!concernsItem(refusal)) throw refusal
  return { item: unreadable(uid, refusal), abandon }
}
