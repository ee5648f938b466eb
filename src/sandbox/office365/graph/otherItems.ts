import { backed } from '../../exchange/fields/backed.ts'
import { elementFor, type Item } from '../../exchange/item.ts'
import { descendantsOf, distinguishedFolder, type Folder, type Mailbox } from '../../exchange/mailbox.ts'
import { textOf } from '../../exchange/properties.ts'
import type { Answer } from '../../http/answer.ts'
import { type GraphCall, pageSize, routeValue } from './call.ts'
import { changeKey, findFolder, folderId, itemId } from './ids.ts'
import { page, resumed } from './odata/page.ts'
import { openMailbox, type Permission, permissions } from './permit.ts'

/** Calendars, contacts and tasks, as far as listing and counting them goes. */
interface Kind {
  readonly permission: Permission
  readonly folder: 'calendar' | 'contacts' | 'tasks'
  readonly folderClass: RegExp
  readonly holds: (item: Item) => boolean
  /** The element that names an item, and what Graph calls it. */
  readonly name: readonly [element: string, property: string]
}

export const kinds = {
  event: {
    permission: permissions.readCalendars,
    folder: 'calendar',
    folderClass: /^IPF\.Appointment/i,
    holds: item => elementFor(item.itemClass) === 'CalendarItem',
    name: ['Subject', 'subject'],
  },
  contact: {
    permission: permissions.readContacts,
    folder: 'contacts',
    folderClass: /^IPF\.Contact/i,
    holds: item => elementFor(item.itemClass) === 'Contact',
    name: ['DisplayName', 'displayName'],
  },
  task: {
    permission: permissions.readTasks,
    folder: 'tasks',
    folderClass: /^IPF\.Task/i,
    holds: item => elementFor(item.itemClass) === 'Task',
    name: ['Subject', 'title'],
  },
} as const satisfies Record<string, Kind>

/** Items of the kind: of the route's `{container}`, or of the mailbox's own folder for them. */
export const listItems =
  ({ permission, folder, holds, name }: Kind) =>
  (given: GraphCall): Answer => {
    const { call, offset } = resumed(given)
    const { mailbox } = openMailbox(call, permission)
    const { container } = call.values
    const place = container === undefined ? distinguishedFolder(mailbox, folder) : findFolder(call.site.tenant, mailbox, container)
    const entities = [...place.items.values()].filter(holds)
    const [element, property] = name
    return page(call, {
      context: `users('${encodeURIComponent(routeValue(call, 'user'))}')/items`,
      entities,
      offset,
      size: pageSize(call, 10, 1000),
      show: item => ({
        id: itemId(call, mailbox, item),
        changeKey: changeKey(call.site.tenant, item),
        createdDateTime: new Date(item.created).toISOString(),
        lastModifiedDateTime: new Date(item.modified).toISOString(),
        [property]: textOf(item.properties, backed.get(element)?.key ?? '') ?? '',
      }),
      count: call.query.get('$count') === 'true' ? entities.length : undefined,
    })
  }

/** Folders of the kind. */
export const listContainers =
  ({ permission, folder, folderClass }: Kind, nameOf: string) =>
  (given: GraphCall): Answer => {
    const { call, offset } = resumed(given)
    const { mailbox } = openMailbox(call, permission)
    const own = distinguishedFolder(mailbox, folder)
    const show = (one: Folder): object => ({ id: folderId(call.site.tenant, mailbox, one), [nameOf]: one.displayName })
    return page(call, {
      context: 'containers',
      entities: containersOf(mailbox, own, folderClass),
      offset,
      size: pageSize(call, 10, 1000),
      show,
    })
  }

const containersOf = (mailbox: Mailbox, own: Folder, folderClass: RegExp): Folder[] => [
  own,
  ...descendantsOf(mailbox, distinguishedFolder(mailbox, 'msgfolderroot')).filter(one => one !== own && folderClass.test(one.folderClass)),
]
