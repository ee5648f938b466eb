import { MailferryError } from '../../../domain/errors.ts'
import type { ContentFormat, ItemKey } from '../../../domain/mail.ts'
import type { Piece } from '../../base64Body.ts'
import type { OutgoingItem, WriteResult } from '../../mailServer.ts'
import { itemFlags, sameFlags, shownFlags } from '../../mapi/flags.ts'
import { stopped } from '../../stopped.ts'
import { RequestTrouble } from '../soap/answer.ts'
import { descend } from '../soap/node.ts'
import { createGathering, type Gathered } from './gathering.ts'
import { changeKeyOf, idOf, itemWithin } from './itemInfo.ts'
import { createFromMime, uploadItems } from './newItem.ts'
import { createPatience } from './send.ts'
import { sessionError } from './sessionContext.ts'
import { type ItemAnswer, sendWrite } from './writeRequest.ts'
import type { Writing } from './writing.ts'

/** An item with where it goes; those of one request may go to several folders in Exchange's own stream. */
interface Entry {
  readonly item: OutgoingItem
  readonly writing: Writing
}

interface Group extends Gathered {
  readonly entries: readonly Entry[]
  readonly results: Results
}

type Results = Map<OutgoingItem, WriteResult>

/** Writes a group of Exchange's own stream; groups of several folders with one request where they are small and come together. */
export type Uploader = (group: Group) => Promise<void>

/** Milliseconds in which batches that were read together come to be written. */
const moment = 25

export const createUploader = (limits: { readonly items: number; readonly bytes: number }): Uploader =>
  createGathering<Group>({ ...limits, moment }, async groups => {
    const results: Results = new Map()
    await writeGroup(
      'fts',
      groups.flatMap(group => group.entries),
      results,
    )
    // Surely not written, and perhaps because of one of the folders.
    if (groups.length > 1 && [...results.values()].every(isRefusedForGood))
      for (const { entries } of groups) await writeGroup('fts', entries, results)
    for (const group of groups)
      for (const { item } of group.entries) {
        const result = results.get(item)
        if (result) group.results.set(item, result)
      }
  })

const isRefusedForGood = (result: WriteResult): boolean => result.state === 'refused' && result.error.remedy !== 'transient'

/** Writes items to a folder, a format's in one request where they fit. Answers one result for each item, in order. */
export async function write(writing: Writing, items: readonly OutgoingItem[], upload: Uploader): Promise<readonly WriteResult[]> {
  const results: Results = new Map()
  for (const format of ['fts', 'rfc822'] as const) {
    for (const group of groups(
      items.filter(item => item.format === format),
      writing.context.writeLimit.bytes,
    )) {
      const entries = group.map(item => ({ item, writing }))
      const together = format === 'fts' && !group.some(({ content }) => 'stream' in content)
      if (together) await upload({ entries, results, items: group.length, bytes: sizeOf(group) })
      else await writeGroup(format, entries, results)
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
async function writeGroup(format: ContentFormat, group: readonly Entry[], results: Results): Promise<void> {
  const [first] = group
  if (!first) return
  const { context, folder, options } = first.writing
  const about = { operation: operationOf(format), ...(group.every(({ writing }) => writing.folder === folder) && { folder }) }
  const patience = createPatience(context, about, options.signal)
  let open = group
  while (open.length > 0) {
    if (options.signal.aborted) return settle(open, { state: 'refused', error: stopped(options.signal, 'writing') })
    const answers = await sendWrite({ context, ...about, options, pieces: piecesOf(format, open), count: open.length })
    const again: Entry[] = []
    let busy: RequestTrouble | undefined
    for (const [index, entry] of open.entries()) {
      const answer = answers[index]
      if (answer?.state === 'refused' && mayTryAgain(answer, entry)) {
        again.push(entry)
        busy ??= new RequestTrouble(answer.trouble)
      } else results.set(entry.item, resultOf(entry, format, answer))
    }
    if (busy?.trouble.meaning === 'requestTooLarge') {
      context.writeLimit.bytes = Math.max(1, Math.floor(sizeOf(again.map(({ item }) => item)) / 2))
      for (const part of halves(again)) await writeGroup(format, part, results)
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
        error: thrown instanceof MailferryError ? thrown : sessionError(context, about, busy.trouble),
      })
    }
  }

  function settle(entries: readonly Entry[], result: WriteResult): void {
    for (const { item } of entries) results.set(item, result)
  }

  /** A stream is used up once it was sent. */
  function mayTryAgain({ trouble }: Extract<ItemAnswer, { state: 'refused' }>, { item }: Entry): boolean {
    if ('stream' in item.content) return false
    if (trouble.meaning === 'requestTooLarge') return open.length > 1
    return trouble.meaning === 'busy' || trouble.meaning === 'tooManyConnections' || trouble.meaning === 'notTried'
  }
}

const sizeOf = (items: readonly OutgoingItem[]): number => items.reduce((sum, { content }) => sum + content.size, 0)

const halves = (entries: readonly Entry[]): Entry[][] => [
  entries.slice(0, Math.ceil(entries.length / 2)),
  entries.slice(Math.ceil(entries.length / 2)),
]

const operationOf = (format: ContentFormat): 'UploadItems' | 'CreateItem' => (format === 'fts' ? 'UploadItems' : 'CreateItem')

/** MIME goes to one folder with each request. */
function piecesOf(format: ContentFormat, entries: readonly Entry[]): Piece[] {
  const [first] = entries
  if (format === 'fts')
    return uploadItems(
      entries.map(({ item, writing: { folder, replaced } }) => ({ folder, content: item.content, replaced: replaced?.(item) })),
    )
  if (!first) return []
  return createFromMime(
    first.writing.folder,
    entries.map(({ item }) => item),
  )
}

function resultOf({ item, writing: { context, folder } }: Entry, format: ContentFormat, answer: ItemAnswer | undefined): WriteResult {
  const operation = operationOf(format)
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
