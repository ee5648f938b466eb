import { type Difference, differences } from '../support/compareSnapshots.ts'
import type { Person } from '../support/corpus/company.ts'
import { type MailboxSnapshot, type MessageSnapshot, snapshot } from '../support/snapshot.ts'
import { newNaming, type Servers, usualFolders } from './servers.ts'

/** One line of the comparison: how much there is on each side, and how often the sides differ in it. */
export interface Row {
  readonly what: string
  readonly old: number
  readonly new: number
  readonly different: number
}

export interface Comparison {
  readonly rows: readonly Row[]
  /** Each difference in words, the mailbox first. */
  readonly found: readonly string[]
  /** Messages on the old server. */
  readonly messages: number
}

/** Reads every mailbox on both servers, message by message, past Mailferry and its ledger. */
export async function compareServers(servers: Servers, people: readonly Person[], signal: AbortSignal): Promise<Comparison> {
  const sides: { old: MailboxSnapshot; new: MailboxSnapshot }[] = []
  const found: { user: string; difference: Difference }[] = []
  for (const { user } of people) {
    signal.throwIfAborted()
    const [before, after] = await Promise.all([snapshot(servers.old, user), snapshot(servers.new, user, newNaming)])
    sides.push({ old: before, new: after })
    found.push(...differences(before, after, { rename: nameOnNew }).map(difference => ({ user, difference })))
  }
  const rows = aspects.map(({ what, kinds, count }) => ({
    what,
    old: sum(sides.map(side => count(side.old))),
    new: sum(sides.map(side => count(side.new))),
    different: found.filter(({ difference }) => kinds.includes(difference.what)).length,
  }))
  return {
    rows,
    found: found.map(({ user, difference: { folder, what, detail } }) => `${user}: ${folder}: ${what} ${detail}`),
    messages: sum(sides.map(side => messagesOf(side.old).length)),
  }
}

/** Sent is “Gesendet” there, and what lies below it follows. */
function nameOnNew(folder: string): string {
  const [top = '', ...below] = folder.split('/')
  return [usualFolders.get(top) ?? top, ...below].join('/')
}

interface Aspect {
  readonly what: string
  readonly kinds: readonly Difference['what'][]
  readonly count: (mailbox: MailboxSnapshot) => number
}

const aspects: readonly Aspect[] = [
  { what: 'folders', kinds: ['folder'], count: ({ folders }) => folders.size },
  { what: 'subscriptions', kinds: ['subscription'], count: ({ subscriptions }) => subscriptions.length },
  { what: 'messages', kinds: ['missing', 'extra'], count: mailbox => messagesOf(mailbox).length },
  { what: 'bytes', kinds: ['bytes'], count: mailbox => sum(messagesOf(mailbox).map(({ size }) => size)) },
  { what: 'flags', kinds: ['flags'], count: mailbox => sum(messagesOf(mailbox).map(({ flags }) => flags.length)) },
  { what: 'keywords', kinds: ['keywords'], count: mailbox => sum(messagesOf(mailbox).map(({ keywords }) => keywords.length)) },
  { what: 'dates', kinds: ['received'], count: mailbox => messagesOf(mailbox).length },
]

const messagesOf = ({ folders }: MailboxSnapshot): MessageSnapshot[] => [...folders.values()].flat()

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
