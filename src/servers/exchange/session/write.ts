import { MailferryError } from '../../../domain/errors.ts'
import type { ContentFormat, ItemKey } from '../../../domain/mail.ts'
import type { Piece } from '../../base64Body.ts'
import type { OutgoingItem, WriteResult } from '../../mailServer.ts'
import { itemFlags, sameFlags, shownFlags } from '../../mapi/flags.ts'
import { stopped } from '../../stopped.ts'
import { RequestTrouble } from '../soap/answer.ts'
import { descend } from '../soap/node.ts'
import { changeKeyOf, idOf, itemWithin } from './itemInfo.ts'
import { createFromMime, uploadItems } from './newItem.ts'
import { createPatience } from './send.ts'
import { sessionError } from './sessionContext.ts'
import { type ItemAnswer, sendWrite } from './writeRequest.ts'
import type { Writing } from './writing.ts'

/** Writes items to a folder, a format's in one request where they fit. Answers one result for each item, in order. */
export async function write(writing: Writing, items: readonly OutgoingItem[]): Promise<readonly WriteResult[]> {
  const results = new Map<OutgoingItem, WriteResult>()
  for (const format of ['fts', 'rfc822'] as const) {
    for (const group of groups(
      items.filter(item => item.format === format),
      writing.context.writeLimit.bytes,
    )) {
      await writeGroup(writing, format, group, results)
    }
  }
  return items.map(
    item => results.get(item) ?? { state: 'unknown', error: new MailferryError('internal', { detail: 'an item without a result' }) },
  )
}

/** Items that go together: within the bytes that a server takes in one request, and in a minute. A streamed one goes alone. */
function groups(items: readonly OutgoingItem[], most: number): OutgoingItem[][] {
  const all: OutgoingItem[][] = []
  let group: OutgoingItem[] = []
  let bytes = 0
  for (const item of items) {
    const { size } = item.content
    const alone = 'stream' in item.content
    if (group.length > 0 && (alone || bytes + size > most)) {
      all.push(group)
      group = []
      bytes = 0
    }
    if (alone) all.push([item])
    else {
      group.push(item)
      bytes += size
    }
  }
  return group.length > 0 ? [...all, group] : all
}

/** Writes a group, in parts where it is too large, and again what the server was too busy for: that it surely didn't do. */
async function writeGroup(
  writing: Writing,
  format: ContentFormat,
  group: readonly OutgoingItem[],
  results: Map<OutgoingItem, WriteResult>,
): Promise<void> {
  const { context, folder, options } = writing
  const { operation, pieces } = requestFor(writing, format)
  const patience = createPatience(context, { operation, folder }, options.signal)
  let open = group
  while (open.length > 0) {
    if (options.signal.aborted) return settle(open, { state: 'refused', error: stopped(options.signal, 'writing') })
    const answers = await sendWrite({ context, operation, folder, options, pieces: pieces(open), count: open.length })
    const again: OutgoingItem[] = []
    let busy: RequestTrouble | undefined
    for (const [index, item] of open.entries()) {
      const answer = answers[index]
      if (answer?.state === 'refused' && mayTryAgain(answer, item)) {
        again.push(item)
        busy ??= new RequestTrouble(answer.trouble)
      } else results.set(item, resultOf(writing, operation, item, answer))
    }
    if (busy?.trouble.meaning === 'requestTooLarge') {
      context.writeLimit.bytes = Math.max(1, Math.floor(sizeOf(again) / 2))
      for (const part of halves(again)) await writeGroup(writing, format, part, results)
      return
    }
    if (again.length < open.length) patience.progress()
    open = again
    if (!busy) continue
    try {
      await patience.after(busy)
    } catch (thrown) {
      return settle(open, {
        state: 'refused',
        error: thrown instanceof MailferryError ? thrown : sessionError(context, { operation, folder }, busy.trouble),
      })
    }
  }

  function settle(items: readonly OutgoingItem[], result: WriteResult): void {
    for (const item of items) results.set(item, result)
  }

  /** A stream is used up once it was sent. */
  function mayTryAgain({ trouble }: Extract<ItemAnswer, { state: 'refused' }>, item: OutgoingItem): boolean {
    if ('stream' in item.content) return false
    if (trouble.meaning === 'requestTooLarge') return open.length > 1
    return trouble.meaning === 'busy' || trouble.meaning === 'tooManyConnections' || trouble.meaning === 'notTried'
  }
}

const sizeOf = (items: readonly OutgoingItem[]): number => items.reduce((sum, { content }) => sum + content.size, 0)

const halves = (items: readonly OutgoingItem[]): OutgoingItem[][] => [
  items.slice(0, Math.ceil(items.length / 2)),
  items.slice(Math.ceil(items.length / 2)),
]

function requestFor({ folder, replaced }: Writing, format: ContentFormat) {
  return format === 'fts'
    ? { operation: 'UploadItems', pieces: (items: readonly OutgoingItem[]): Piece[] => uploadItems(folder, items, replaced) }
    : { operation: 'CreateItem', pieces: (items: readonly OutgoingItem[]): Piece[] => createFromMime(folder, items) }
}

function resultOf({ context, folder }: Writing, operation: string, item: OutgoingItem, answer: ItemAnswer | undefined): WriteResult {
  if (answer?.state === 'refused')
    return { state: 'refused', error: refusalOf(sessionError(context, { operation, folder, size: item.content.size }, answer.trouble)) }
  if (answer?.state === 'unsent') return { state: 'refused', error: answer.error }
  if (answer?.state !== 'written')
    return { state: 'unknown', error: answer?.error ?? new MailferryError('internal', { detail: 'an item without an answer' }) }
  const { message } = answer
  const written = operation === 'UploadItems' ? message : itemWithin(descend(message, 'Items'))
  const key: ItemKey | undefined = idOf(written)
  const version = changeKeyOf(written)
  const shown = shownFlags(itemFlags(item.info.flags))
  return {
    state: 'written',
    ...(key !== undefined && { key }),
    ...(version !== undefined && { version }),
    ...(!sameFlags(shown, item.info.flags) && { flags: shown }),
  }
}

/** What a server says no to without saying that it is about more than the item is taken to be about the item. */
const refusalOf = (error: MailferryError): MailferryError =>
  error.code === 'server.refused' ||
  (error.code === 'server.busy' && 'response' in error.params && error.params.response === 'ErrorInternalServerError')
    ? new MailferryError(
        'item.rejected',
        { response: 'response' in error.params ? String(error.params.response) : error.code },
        { cause: error },
      )
    : error
