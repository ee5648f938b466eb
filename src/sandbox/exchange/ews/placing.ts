import { folderElement } from '../fields/folderShape.ts'
import type { ItemContent } from '../item.ts'
import type { Folder, Mailbox } from '../mailbox.ts'
import { sizeOf } from '../store/addItem.ts'
import { EwsError } from './ewsError.ts'
import type { Session } from './session.ts'

const refusals: Readonly<Record<string, readonly [folder: string, code: string]>> = {
  CalendarItem: ['CalendarFolder', 'ErrorCannotCreateCalendarItemInNonCalendarFolder'],
  Contact: ['ContactsFolder', 'ErrorCannotCreateContactInNonContactFolder'],
  DistributionList: ['ContactsFolder', 'ErrorCannotCreateContactInNonContactFolder'],
  Task: ['TasksFolder', 'ErrorCannotCreateTaskInNonTaskFolder'],
}

/** Appointments, contacts and tasks are created in folders of their kind alone; deleted ones lie with the deleted items. */
export function checkFolder(folder: Folder, element: string): void {
  const [wanted, code] = refusals[element] ?? []
  if (wanted === undefined || code === undefined || folder.distinguished === 'deleteditems') return
  if (folderElement(folder.folderClass) !== wanted) throw new EwsError(code)
}

/** Throws where an item is larger than items may be, or the mailbox has no room for it. */
export function checkRoom({ organisation }: Pick<Session, 'organisation'>, mailbox: Mailbox, content: ItemContent, replaced = 0): void {
  const size = content.mime?.length ?? sizeOf(content)
  if (size > organisation.limits.maxMessageSize) throw new EwsError('ErrorMessageSizeExceeded')
  if (mailbox.quota !== undefined && mailbox.size - replaced + sizeOf(content) > mailbox.quota) throw new EwsError('ErrorQuotaExceeded')
}
