import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder, Placed, WriteOptions } from '../../mailServer.ts'
import { RequestTrouble } from '../soap/answer.ts'
import { descend } from '../soap/node.ts'
import { changeKeyOf, idOf, itemWithin } from './itemInfo.ts'
import { moveItem } from './operations.ts'
import { createPatience } from './send.ts'
import { asItemId, type SessionContext, sessionError, throwIfStopped } from './sessionContext.ts'
import { sendWrite } from './writeRequest.ts'

const itemsAtOnce = 100

/**
 * Moves items, which gives them new ids. Those that are gone are left out. Throws where it isn't known what became of some: moved ones would no longer be found
 * under their old ids.
 */
export async function move(
  context: SessionContext,
  folder: Folder,
  keys: readonly ItemKey[],
  to: Folder,
  options: WriteOptions,
): Promise<Map<ItemKey, Placed>> {
  throwIfStopped(options.signal, 'moving')
  const about = { operation: 'MoveItem', folder }
  const moved = new Map<ItemKey, Placed>()
  const patience = createPatience(context, about, options.signal)
  let open = keys.map(asItemId)
  while (open.length > 0) {
    const batch = open.slice(0, itemsAtOnce)
    const pieces = [moveItem(batch, to.id, context.version !== 'Exchange2010' && context.version !== 'Exchange2007_SP1')]
    const answers = await sendWrite({ context, ...about, options, pieces, count: batch.length })
    const again: string[] = []
    let busy: RequestTrouble | undefined
    for (const [index, key] of batch.entries()) {
      const answer = answers[index]
      if (answer?.state === 'written') {
        const item = itemWithin(descend(answer.message, 'Items'))
        const [id, version] = [idOf(item), changeKeyOf(item)]
        moved.set(key, { ...(id !== undefined && { key: id }), ...(version !== undefined && { version }) })
      } else if (answer?.state === 'refused') {
        const { trouble } = answer
        if (trouble.meaning === 'busy' || trouble.meaning === 'tooManyConnections' || trouble.meaning === 'notTried') {
          again.push(key)
          busy ??= new RequestTrouble(trouble)
        } else if (trouble.meaning !== 'itemGone') throw sessionError(context, about, trouble)
      } else if (answer) throw answer.error
    }
    if (again.length < batch.length) patience.progress()
    if (busy) await patience.after(busy)
    open = [...again, ...open.slice(batch.length)]
  }
  return moved
}
