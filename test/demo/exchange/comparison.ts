import { readFileSync } from 'node:fs'
import type { Item } from '../../../src/sandbox/exchange/item.ts'
import type { Side } from '../../../src/sandbox/sides/side.ts'
import type { Sandbox } from '../../../src/sandbox/world.ts'
import { storeOf } from '../../support/exchangeMailbox.ts'
import { type Aspect, type Comparison, compare, messagesOf, type Row, type Sides, sum } from '../comparison.ts'
import { readMailbox } from './readMailbox.ts'

type Organisations = Pick<Sandbox<Side, Side>, 'leaving' | 'receiving'>

/**
 * Reads every mailbox in both organisations and compares them, with all properties.
 * @param exported the plan that Mailferry wrote after the move: whose addresses it goes by.
 * @param newcomers items that came to the receiving side only, because mail for the domain goes there now.
 */
export function compareOrganisations(sandbox: Organisations, exported: string, newcomers: ReadonlySet<Item>): Comparison {
  const { leaving, receiving } = sandbox
  const sides: Sides[] = leaving.people.map((person, index) => {
    const other = receiving.people[index] ?? person
    return {
      mailbox: other.primarySmtpAddress,
      old: readMailbox(storeOf(leaving.organisation, person)),
      new: readMailbox(storeOf(receiving.organisation, other), newcomers),
    }
  })
  return withAddresses(compare(sides, aspects), sandbox, exported)
}

/** The comparison with two more lines: the addresses that Mailferry goes by, and mail that was sent. */
export function withAddresses(compared: Comparison, sandbox: Organisations, exported: string): Comparison {
  const [addresses, wrong] = compareAddresses(sandbox, exported)
  const [mails, sent] = countSent(sandbox)
  return { ...compared, rows: [...compared.rows, addresses, mails], found: [...compared.found, ...wrong, ...sent] }
}

const others = new Map([
  ['appointments', 'Calendar'],
  ['contacts', 'Contacts'],
  ['tasks', 'Tasks'],
  ['notes', 'Notes'],
])

const isMail = (folder: string): boolean => ![...others.values()].includes(folder)

const counted = (what: string, within: (folder: string) => boolean): Aspect => ({
  what,
  kinds: ['missing', 'extra'],
  within,
  count: mailbox => messagesOf(mailbox, within).length,
})

const aspects: readonly Aspect[] = [
  { what: 'folders', kinds: ['folder'], count: ({ folders }) => folders.size },
  counted('messages', isMail),
  ...[...others].map(([what, folder]) => counted(what, name => name === folder)),
  { what: 'bytes', kinds: ['bytes'], count: mailbox => sum(messagesOf(mailbox).map(({ size }) => size)) },
  { what: 'flags', kinds: ['flags'], count: mailbox => sum(messagesOf(mailbox).map(({ flags }) => flags.length)) },
  { what: 'categories', kinds: ['keywords'], count: mailbox => sum(messagesOf(mailbox).map(({ keywords }) => keywords.length)) },
  { what: 'dates', kinds: ['received'], count: mailbox => messagesOf(mailbox, isMail).length },
]

type Told = readonly [Row, readonly string[]]

/** Whether Mailferry goes by the addresses that people have today. */
function compareAddresses({ leaving, receiving }: Organisations, exported: string): Told {
  const text = readFileSync(exported, 'utf8')
  const unknown = ({ people }: Side): string[] =>
    people.map(({ primarySmtpAddress }) => primarySmtpAddress).filter(address => !text.includes(`"${address}"`))
  const wrong = [...unknown(leaving), ...unknown(receiving)]
  const row = { what: 'addresses', old: leaving.people.length, new: receiving.people.length, different: wrong.length }
  return [row, wrong.map(address => `${address}: Mailferry doesn’t know this address`)]
}

/** Nothing that was read, written or changed may have sent anybody mail: no read receipt, no invitation. */
function countSent({ leaving, receiving }: Organisations): Told {
  const [old, fresh] = [leaving.organisation.outbox, receiving.organisation.outbox]
  const row = { what: 'mails sent', old: old.length, new: fresh.length, different: old.length + fresh.length }
  return [row, [...old, ...fresh].map(({ from, to }) => `${from}: sent mail to ${to.join(', ')}`)]
}
