import { isError, MailferryError } from '../../domain/errors.ts'
import type { Content, Folder, OutgoingItem, WriteOptions, WriteResult } from '../mailServer.ts'
import { stopped } from '../stopped.ts'
import { type Appended, append, type Posting } from './append.ts'
import type { SessionContext } from './sessionContext.ts'
import { isSystemFlag } from './wire/flags.ts'
import type { Tagged } from './wire/status.ts'
import type { Target, WriteTargets } from './writeTargets.ts'

/** What one write needs. */
export interface Writing {
  readonly context: SessionContext
  readonly targets: WriteTargets
  readonly folder: Folder
  readonly options: WriteOptions
}

/**
 * Writes items to a folder, in one command where the server can. That is all or nothing (RFC 3502), so when it is refused the items are
 * tried one by one, and one the server won't have doesn't keep out the others. Answers one result for each item, in order.
 */
export async function write(writing: Writing, items: readonly OutgoingItem[]): Promise<readonly WriteResult[]> {
  const { context, targets, folder, options } = writing
  const limit = context.appendLimit ?? Number.POSITIVE_INFINITY
  const fitting = items.filter(({ content }) => content.size <= limit)
  const results = options.signal.aborted
    ? refuseAll(fitting, stopped(options.signal, 'writing'))
    : await targets.use(folder, target => writeTo(writing, target, fitting))
  const each = results.values()
  return items.map(({ content }) =>
    content.size > limit ? refused(new MailferryError('item.tooLarge', { size: content.size, limit })) : (each.next().value ?? missing),
  )
}

const refused = (error: MailferryError): WriteResult => ({ state: 'refused', error })
const refuseAll = (items: readonly unknown[], error: MailferryError): WriteResult[] => items.map(() => refused(error))
const missing: WriteResult = { state: 'unknown', error: new MailferryError('internal', { detail: 'an item without a result' }) }

async function writeTo(writing: Writing, target: Target, items: readonly OutgoingItem[]): Promise<readonly WriteResult[]> {
  const postings = items.map(item => ({ item, flags: target.taken(item.info.flags) }))
  const together = writing.context.capabilities.has('MULTIAPPEND') && items.length > 1 && items.every(({ content }) => 'chunks' in content)
  if (!together) return Promise.all(postings.map(posting => writeOne(writing, target, posting)))

  const appended = await append(target.wire, writing.folder, postings, writing.options.deadline)
  if (appended.state !== 'refused') return postings.map((posting, index) => resultOf(target, posting, appended, index))
  const refusal = target.wire.refusal({ name: 'APPEND' }, appended.tagged, writing.folder)
  // Over quota as a whole, some may still fit.
  if (concernsAll(refusal, appended.tagged) && !isError(refusal, 'mailbox.full')) return refuseAll(items, refusal)
  return Promise.all(postings.map(posting => writeOne(writing, target, posting)))
}

async function writeOne(writing: Writing, target: Target, posting: Posting): Promise<WriteResult> {
  const { item } = posting
  const keywords = posting.flags.some(flag => !isSystemFlag(flag))
  const streamed = 'stream' in item.content
  // A stream can't be sent a second time, so it waits to hear which keywords the folder takes.
  if (streamed && keywords) await target.selection.opened.catch(() => {})
  const flags = streamed ? target.taken(posting.flags) : posting.flags

  const appended = await append(target.wire, writing.folder, [{ ...posting, flags }], writing.options.deadline)
  if (appended.state !== 'refused') return resultOf(target, { ...posting, flags }, appended, 0)
  const { tagged } = appended
  const refusal = target.wire.refusal({ name: 'APPEND' }, tagged, writing.folder)
  if (concernsAll(refusal, tagged)) return refused(refusal)
  if (isTooLarge(tagged))
    return refused(
      new MailferryError('item.tooLarge', { size: item.content.size, limit: writing.context.appendLimit ?? item.content.size - 1 }),
    )
  if (keywords && !streamed) {
    // Some servers have no keywords at all and refuse a message that has one.
    const without = await writeOne(writing, target, { ...posting, flags: flags.filter(isSystemFlag) })
    if (without.state === 'written') target.refusesKeywords()
    return without
  }
  // NUL is forbidden in a plain literal (RFC 3501 9); most servers take it all the same.
  if (posting.binary !== true && writing.context.capabilities.has('BINARY') && holdsNul(item.content)) {
    return writeOne(writing, target, { ...posting, binary: true })
  }
  return refused(
    new MailferryError('item.rejected', { response: 'response' in refusal.params ? String(refusal.params.response) : refusal.code }),
  )
}

const holdsNul = (content: Content): boolean => 'chunks' in content && content.chunks.some(chunk => chunk.includes(0))

/** RFC 5530's and RFC 4314's codes for a folder nobody may write to. */
const folderCodes = new Set(['NOPERM', 'READ-ONLY', 'NONEXISTENT', 'TRYCREATE', 'CANNOT'])

/** Whether the next item would be refused for the same reason. A server's own error (`SERVERBUG`) may be about this one. */
const concernsAll = (refusal: MailferryError, { code = '' }: Tagged): boolean =>
  (refusal.remedy !== 'permanent' && code !== 'SERVERBUG') || refusal.code === 'folder.gone' || folderCodes.has(code)

/** `TOOBIG` (RFC 7889), and the words of servers without it. */
const isTooLarge = ({ code, text }: Tagged): boolean =>
  code === 'TOOBIG' || /too (big|large)|(message|literal) size|exceeds .*(size|limit)|maximum .*size/i.test(text)

function resultOf(target: Target, posting: Posting, appended: Exclude<Appended, { state: 'refused' }>, index: number): WriteResult {
  if (appended.state === 'unsent') return refused(appended.error)
  if (appended.state === 'unknown') return { state: 'unknown', error: appended.error }
  const key = appended.uids?.[index]
  // What the folder takes may only be known since its SELECT was answered.
  const flags = target.taken(posting.flags)
  return { state: 'written', ...(key !== undefined && { key }), ...(flags !== posting.item.info.flags && { flags }) }
}
