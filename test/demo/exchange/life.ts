import { setTimeout as sleep } from 'node:timers/promises'
import type { Item } from '../../../src/sandbox/exchange/item.ts'
import { addFolder, distinguishedFolder, type Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { flagsOf, keys, messageFlags, type Property, propertySets, setFlags } from '../../../src/sandbox/exchange/properties.ts'
import { removeItem, touchItem } from '../../../src/sandbox/exchange/store/addItem.ts'
import { moveItem } from '../../../src/sandbox/exchange/store/copyItem.ts'
import { seeded } from '../../../src/sandbox/random.ts'
import { fillMailbox } from '../../../src/sandbox/seed/fillMailbox.ts'
import { otherItems } from '../../../src/sandbox/seed/otherItems.ts'
import type { Side } from '../../../src/sandbox/sides/side.ts'
import type { Sandbox } from '../../../src/sandbox/world.ts'
import { storeOf } from '../../support/exchangeMailbox.ts'

/** Mail keeps arriving, a few messages at a time; answers how many there were. */
export async function keepDelivering({ deliver }: Pick<Sandbox, 'deliver'>, signal: AbortSignal): Promise<number> {
  let arrived = 0
  for (let round = 0; round < 8 && !signal.aborted; round++) {
    arrived += deliver(3).length
    await sleep(250)
  }
  return arrived
}

/** What Outlook sets for a flag without a date (MS-OXOFLAG 2.2): the status, a red icon, an entry among the tasks to do that isn't begun. */
const followUp: readonly (readonly [string, Property])[] = [
  [keys.flagStatus, { type: 'Integer', value: '2' }],
  ['0x1095', { type: 'Integer', value: '6' }],
  ['0x0e2b', { type: 'Integer', value: '8' }],
  [`${propertySets.Task}/0x8101`, { type: 'Integer', value: '0' }],
  [`${propertySets.Task}/0x8102`, { type: 'Double', value: '0' }],
  [`${propertySets.Task}/0x811c`, { type: 'Boolean', value: 'false' }],
]

/** Everybody reads and flags the newest message of the inbox, and files the oldest in a new folder “Done”; answers how many people did. */
export function tidyUp({ organisation, people }: Side): number {
  for (const person of people) {
    const mailbox = storeOf(organisation, person)
    const inbox = [...distinguishedFolder(mailbox, 'inbox').items.values()]
    const [newest, oldest] = [inbox.at(-1), inbox[0]]
    if (newest === undefined || oldest === undefined) continue
    setFlags(newest.properties, flagsOf(newest.properties) | messageFlags.read)
    for (const [key, property] of followUp) newest.properties.set(key, property)
    newest.properties.set(keys.keywords, { type: 'StringArray', value: ['Follow up', 'Kunde'] })
    touchItem(mailbox, newest, organisation.now())
    const done = addFolder(mailbox, distinguishedFolder(mailbox, 'msgfolderroot'), { displayName: 'Done', folderClass: 'IPF.Note' })
    moveItem(mailbox, oldest, mailbox, done)
  }
  return people.length
}

/** Everybody is given an appointment, a contact, a task and a note; answers how many items that makes. */
export async function planAhead({ organisation, people }: Side): Promise<number> {
  const random = seeded(7)
  let made = 0
  for (const person of people) {
    const colleagues = [{ name: 'Nadia Haddad', address: 'nadia@partner.example' }]
    const all = [...otherItems(random, { colleagues, messages: 1, until: new Date(organisation.now()) })]
    await fillMailbox(organisation, person, all)
    made += all.length
  }
  return made
}

/** Deletes one message of a mailbox for good. */
export function deleteOne(mailbox: Mailbox): void {
  const [item] = distinguishedFolder(mailbox, 'inbox').items.values()
  if (item !== undefined) removeItem(mailbox, item)
}

/** Moves the domain, and lets mail arrive at its new owner; tells which items those are. */
export function moveDomain(
  sandbox: Pick<Sandbox<Side, Side>, 'receiving' | 'moveDomain' | 'deliver'>,
  people: number,
): { readonly newcomers: ReadonlySet<Item>; readonly arrived: number } {
  const { organisation, people: staff } = sandbox.receiving
  const all = () => staff.flatMap(person => [...storeOf(organisation, person).items.values()])
  const before = new Set(all())
  sandbox.moveDomain()
  const arrived = sandbox.deliver(people).length
  return { newcomers: new Set(all()).difference(before), arrived }
}
