import { isError, MailferryError } from '../../../domain/errors.ts'
import { type ContentFormat, carries, type ItemDetails } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { descend, type XmlNode } from '../soap/node.ts'
import type { Trouble } from '../soap/trouble.ts'
import { detailProperties, itemClassOf, itemDetails, itemWithin } from './itemInfo.ts'
import { exportItems, getItem } from './operations.ts'
import { type SessionContext, sessionError } from './sessionContext.ts'

/** The operation that gives items' content in a format. */
export const contentRequest = (format: ContentFormat): { readonly operation: string; body(ids: readonly string[]): string } =>
  format === 'fts'
    ? { operation: 'ExportItems', body: exportItems }
    : { operation: 'GetItem', body: ids => getItem(ids, detailProperties, true) }

/** What a message says of an item beside its content. */
export type Described = { readonly details?: ItemDetails } | { readonly gone: true } | { readonly error: MailferryError }

export interface Reading {
  readonly context: SessionContext
  readonly folder: Folder
  readonly format: ContentFormat
  readonly signal: AbortSignal
}

/** What the server answered for one item; throws what isn't about the item. `bytes`: of its content, as far as it came. */
export function describedBy(
  { context, folder, format }: Reading,
  message: XmlNode,
  trouble: Trouble | undefined,
  bytes: number,
): Described {
  const { operation } = contentRequest(format)
  if (trouble?.meaning === 'itemGone') return { gone: true }
  if (trouble) {
    const error = sessionError(context, { operation, folder }, trouble)
    if (error.remedy !== 'permanent' || error.code === 'folder.gone') throw error
    return { error: isError(error, 'item.unreadable', 'transfer.refused') ? error : unreadable(trouble.code, error) }
  }
  const item = format === 'fts' ? undefined : itemWithin(descend(message, 'Items'))
  if (item && !carries(format, itemClassOf(item))) return { error: notCarried(itemClassOf(item), format) }
  if (bytes === 0) return { error: unreadable('an answer without content') }
  return item ? { details: itemDetails(item) } : {}
}

export const notCarried = (itemClass: string, format: ContentFormat): MailferryError =>
  new MailferryError('item.notCarried', { itemClass, format })

export const unreadable = (response: string, cause?: unknown): MailferryError =>
  new MailferryError('item.unreadable', { response }, { cause })
