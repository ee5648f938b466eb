import { isError } from '../../../domain/errors.ts'
import type { OutgoingItem, WriteResult } from '../../mailServer.ts'
import { itemFlags, sameFlags } from '../../mapi/flags.ts'
import { type Imported, importItem, type Replaced } from './importItem.ts'
import { flagsOf, type Message } from './messageInfo.ts'
import { property } from './properties.ts'
import { holdsMessages } from './sessionContext.ts'
import { setFlags } from './setFlags.ts'
import { updateMessages } from './updateMessages.ts'
import type { Writing } from './writing.ts'

/** Items under way at once: as many as Graph lets through of one mailbox. */
const atOnce = 4

/**
 * Imports complete streams, one request each. Messages get their marker right after: the answer to that also tells what flags came along in the stream, which
 * are those of the moment it was read; the item is to have those that were listed and recorded. The items are written, so trouble in that is none of theirs.
 */
export async function writeComplete(
  writing: Writing,
  items: readonly OutgoingItem[],
  replaced: (item: OutgoingItem) => Replaced | undefined = () => undefined,
): Promise<Map<OutgoingItem, WriteResult>> {
  const imported = new Map<OutgoingItem, Imported>()
  const open = [...items]
  const work = async () => {
    for (let item = open.shift(); item; item = open.shift()) imported.set(item, await one(item))
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))

  const marked = await markEach(writing, imported)
  const results = new Map<OutgoingItem, WriteResult>()
  for (const [item, answer] of imported) {
    if (answer.state !== 'imported') results.set(item, answer)
    else results.set(item, await settled(writing, item, answer.id, marked.get(answer.id) ?? answer.version))
  }
  return results

  async function one(item: OutgoingItem): Promise<Imported> {
    try {
      return await importItem(writing, item, replaced(item))
    } catch (thrown) {
      // Only the address to import to was asked for.
      if (!isError(thrown)) throw thrown
      return { state: 'refused', error: thrown }
    }
  }
}

async function markEach(writing: Writing, imported: ReadonlyMap<OutgoingItem, Imported>): Promise<Map<string, Message>> {
  const { context, folder, options } = writing
  const changes = new Map(
    [...imported].flatMap(([{ marker }, answer]) =>
      answer.state === 'imported' && marker !== undefined
        ? [[answer.id, { singleValueExtendedProperties: [{ id: property.marker, value: marker }] }] as const]
        : [],
    ),
  )
  if (changes.size === 0 || !holdsMessages(context, folder)) return new Map()
  try {
    return await updateMessages(context, changes, options)
  } catch (thrown) {
    if (!isError(thrown)) throw thrown
    return new Map()
  }
}

/** By its lasting id, which the answer to the mark tells whatever the import called it. */
async function settled(writing: Writing, item: OutgoingItem, id: string, known: Message | string | undefined): Promise<WriteResult> {
  const { context, folder, options } = writing
  if (typeof known !== 'object') return { state: 'written', key: id, ...(known !== undefined && { version: known }) }
  let version = known.changeKey ?? undefined
  let flags: readonly string[] | undefined
  if (differs(known, item)) {
    try {
      const placed = (await setFlags(context, folder, [{ key: known.id, flags: item.info.flags }], options)).get(known.id)
      version = placed?.version ?? version
      flags = placed?.flags
    } catch (thrown) {
      if (!isError(thrown)) throw thrown
      flags = flagsOf(known)
    }
  }
  if (item.marker !== undefined) context.stamped.set(known.id, { marker: item.marker, version })
  return { state: 'written', key: known.id, ...(flags && { flags }), ...(version !== undefined && { version }) }
}

/** An answer shows no property that isn't asked for: that it was replied to or forwarded is taken from what was listed. */
function differs(message: Message, { info }: OutgoingItem): boolean {
  const wanted = info.flags.filter(flag => !isVerb(flag))
  return !sameFlags(
    flagsOf(message).filter(flag => !isVerb(flag)),
    wanted.filter(flag => flag !== '\\Flagged' || itemFlags(info.flags).followUp === 'flagged'),
  )
}

const isVerb = (flag: string): boolean => flag === '\\Answered' || flag === '$Forwarded'
