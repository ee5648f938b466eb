import type { Item } from '../../../src/sandbox/exchange/item.ts'
import type { Side } from '../../../src/sandbox/sides/side.ts'
import type { Sandbox } from '../../../src/sandbox/world.ts'
import { othersIn, storeOf } from '../../support/exchangeMailbox.ts'
import { type Aspect, type Comparison, compare, messagesOf, type Row, type Sides, sum } from '../comparison.ts'
import { withAddresses } from '../exchange/comparison.ts'
import { readMail } from './readMail.ts'

export interface Told {
  /** The plan that Mailferry wrote after the move. */
  readonly exported: string
  /** How many items its report says were left behind because Graph doesn't take them. */
  readonly leftBehind: number
  /** Items that came to the receiving side only. */
  readonly newcomers: ReadonlySet<Item>
}

/** Reads everybody's mail in both organisations and compares it, and what isn't mail with what the report says of it. */
export async function compareMail(
  sandbox: Pick<Sandbox<Side, Side>, 'leaving' | 'receiving'>,
  { exported, leftBehind, newcomers }: Told,
): Promise<Comparison> {
  const { leaving, receiving } = sandbox
  const sides: Sides[] = []
  for (const [index, person] of leaving.people.entries()) {
    const other = receiving.people[index] ?? person
    sides.push({
      mailbox: other.primarySmtpAddress,
      old: await readMail(storeOf(leaving.organisation, person)),
      new: await readMail(storeOf(receiving.organisation, other), newcomers),
    })
  }
  const compared = compare(sides, aspects)
  const others = sum(leaving.people.flatMap(person => Object.values(othersIn(storeOf(leaving.organisation, person)))))
  const row: Row = { what: 'left behind', old: others, new: leftBehind, different: Math.abs(others - leftBehind) }
  const found = row.different === 0 ? [] : [`${others} items are no mail; the report names ${leftBehind} as left behind`]
  return withAddresses({ ...compared, rows: [...compared.rows, row], found: [...compared.found, ...found] }, sandbox, exported)
}

const aspects: readonly Aspect[] = [
  { what: 'folders', kinds: ['folder'], count: ({ folders }) => folders.size },
  { what: 'messages', kinds: ['missing', 'extra'], count: mailbox => messagesOf(mailbox).length },
  { what: 'contents', kinds: ['bytes'], count: mailbox => messagesOf(mailbox).length },
  { what: 'flags', kinds: ['flags'], count: mailbox => sum(messagesOf(mailbox).map(({ flags }) => flags.length)) },
  { what: 'categories', kinds: ['keywords'], count: mailbox => sum(messagesOf(mailbox).map(({ keywords }) => keywords.length)) },
  { what: 'dates', kinds: ['received'], count: mailbox => messagesOf(mailbox).length },
]
