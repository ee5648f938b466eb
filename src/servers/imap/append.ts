import { isError, MailferryError } from '../../domain/errors.ts'
import type { Folder, OutgoingItem, StreamedContent } from '../mailServer.ts'
import { flagsOnWire } from './wire/flags.ts'
import { formatInternalDate } from './wire/internalDate.ts'
import { mailboxArgument } from './wire/mailboxArgument.ts'
import type { Outlet } from './wire/outlet.ts'
import type { Tagged } from './wire/status.ts'
import { parseUidSet } from './wire/uidSet.ts'
import type { Wire } from './wire/wire.ts'

/** An item and the flags to write it with. */
export interface Posting {
  readonly item: OutgoingItem
  /** Fit to be sent (`takenFlags`). */
  readonly flags: readonly string[]
  /** As a literal8, which may hold NUL. */
  readonly binary?: boolean
}

/** What one APPEND came to. */
export type Appended =
  /** `uids` one for each posting, where the server told. */
  | { readonly state: 'written'; readonly uids: readonly number[] | undefined }
  | { readonly state: 'refused'; readonly tagged: Tagged }
  /** Nothing of it can have been stored: it was not sent, or not to its end. */
  | { readonly state: 'unsent'; readonly error: MailferryError }
  /** Nobody knows. */
  | { readonly state: 'unknown'; readonly error: MailferryError }

const patiencePerMegabyte = 1000

/** One APPEND (RFC 3501 6.3.11), of several messages only where the server has MULTIAPPEND (RFC 3502). Never throws for what a server or a source does. */
export async function append(wire: Wire, folder: Folder, postings: readonly Posting[], deadline: () => number): Promise<Appended> {
  const bytes = postings.reduce((sum, { item }) => sum + item.content.size, 0)
  let sourceFailure: MailferryError | undefined
  const sent = wire.send({
    name: 'APPEND',
    content: async out => {
      out.text(`APPEND ${mailboxArgument(folder.id, wire.utf8)}`)
      for (const { item, flags, binary } of postings) {
        out.text(` (${flagsOnWire(flags)}) "${formatInternalDate(item.info.received)}" `)
        const ready = out.literal(item.content.size, binary)
        if (ready !== true && !(await ready)) return
        if ('chunks' in item.content) await sendChunks(out, item.content.chunks)
        else
          await sendStream(out, item.content, error => {
            sourceFailure = error
          })
      }
    },
    deadline,
    weight: 1 + bytes / 250_000,
    patience: (bytes / 1_000_000) * patiencePerMegabyte,
  })
  try {
    const tagged = await sent.answer
    return tagged.status === 'OK' ? written(folder, tagged, postings.length) : { state: 'refused', tagged }
  } catch (thrown) {
    const error = isError(thrown) ? thrown : new MailferryError('internal', { detail: String(thrown) }, { cause: thrown })
    if (sourceFailure) return { state: 'unsent', error: sourceFailure }
    return { state: sent.began ? 'unknown' : 'unsent', error }
  }
}

async function sendChunks(out: Outlet, chunks: readonly Buffer[]): Promise<void> {
  for (const chunk of chunks) {
    out.bytes(chunk)
    if (out.full) await out.flush()
  }
}

/** Sends exactly as many bytes as were announced, or breaks the connection off: a message is written whole or not at all. */
async function sendStream(out: Outlet, { size, stream }: StreamedContent, failed: (error: MailferryError) => void): Promise<void> {
  const source = stream[Symbol.asyncIterator]()
  const next = async () => {
    try {
      return await source.next()
    } catch (thrown) {
      failed(isError(thrown) ? thrown : new MailferryError('internal', { detail: String(thrown) }, { cause: thrown }))
      throw thrown
    }
  }
  const wrongSize = (actual: number) => {
    const error = new MailferryError('item.changed', { expected: size, actual })
    failed(error)
    return error
  }
  let sent = 0
  for (let step = await next(); step.done !== true; step = await next()) {
    sent += step.value.length
    if (sent > size) throw wrongSize(sent)
    out.bytes(step.value)
    if (out.full) await out.flush()
  }
  if (sent < size) throw wrongSize(sent)
}

/** APPENDUID (RFC 4315): UIDVALIDITY and the new UIDs in the order of the messages. */
function written(folder: Folder, { code, args }: Tagged, count: number): Appended {
  if (code !== 'APPENDUID') return { state: 'written', uids: undefined }
  const [validity, set = ''] = args.split(' ')
  // The folder was deleted and made anew under the same name: the UIDs are those of another folder.
  if (validity !== folder.validity) return { state: 'unknown', error: new MailferryError('folder.gone', { folder: folder.path.join('/') }) }
  const uids = parseUidSet(set)
  return { state: 'written', uids: uids?.length === count ? uids : undefined }
}
