import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import { heldParts, type Piece, streamedBody } from '../../base64Body.ts'
import type { RequestBody } from '../../http/outgoing.ts'
import type { OutgoingItem } from '../../mailServer.ts'
import { readJson } from './pages.ts'
import { refusalOf, type Sent, sendWrite } from './sendWrite.ts'
import type { Writing } from './writing.ts'

const importedSchema = z.object({ itemId: z.string().min(1), changeKey: z.string().nullish() })

export type Imported =
  | { readonly state: 'imported'; readonly id: string; readonly version: string | undefined }
  | Exclude<Sent, { readonly state: 'answered' }>

/** An item whose place one takes, and its present version. */
export interface Replaced {
  readonly id: string
  readonly changeKey: string
}

const operation = 'POST importItem'

/** Puts an item's complete stream into a folder, or into an item that is there ("import-exchange-mailbox-item"). Throws nothing about the item. */
export async function importItem({ context, folder, options }: Writing, item: OutgoingItem, replaced?: Replaced): Promise<Imported> {
  const mayRepeat = !('stream' in item.content)
  for (let renewed = false; ; renewed = true) {
    const url = await context.importAddress.current(context, options.signal)
    const sent = await sendWrite(context, {
      operation,
      options,
      size: item.content.size,
      mayRepeat,
      send: sending => {
        const content = { type: 'application/json', bytes: body(folder.id, item, replaced) }
        return context.transport.sendTo(url, { method: 'POST', content }, sending)
      },
    })
    if (sent.state !== 'answered') return sent
    const { response } = sent
    if (!response.error) {
      const { itemId, changeKey } = readJson(context, importedSchema, response.json, operation)
      return { state: 'imported', id: itemId, version: changeKey ?? undefined }
    }
    const isOver = [401, 403, 410].includes(response.status)
    if (!isOver) return { state: 'refused', error: refusalOf(context, operation, item, response) }
    context.importAddress.refused(url)
    // The next try of the whole item finds a new address.
    if (renewed || !mayRepeat) return { state: 'refused', error: expired(context.host, response.error.code) }
  }
}

const expired = (host: string, response: string): MailferryError => new MailferryError('server.busy', { host, response })

function body(folder: string, item: OutgoingItem, replaced: Replaced | undefined): RequestBody {
  const known = replaced ? { Mode: 'update', ItemId: replaced.id, ChangeKey: replaced.changeKey } : { Mode: 'create' }
  const head = JSON.stringify({ FolderId: folder, ...known })
  const pieces: Piece[] = [`${head.slice(0, -1)},"Data":"`, item.content, '"}']
  return 'stream' in item.content
    ? streamedBody(pieces, (expected, actual) => new MailferryError('item.changed', { expected, actual }))
    : heldParts(pieces)
}
