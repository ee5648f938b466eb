import type { Person } from '../../support/corpus/company.ts'
import { snapshot } from '../../support/snapshot.ts'
import { type Aspect, type Comparison, compare, messagesOf, type Sides, sum } from '../comparison.ts'
import { newNaming, type Servers, usualFolders } from './servers.ts'

/** Reads every mailbox on both servers. */
export async function compareServers(servers: Servers, people: readonly Person[], signal: AbortSignal): Promise<Comparison> {
  const sides: Sides[] = []
  for (const { user } of people) {
    signal.throwIfAborted()
    const [before, after] = await Promise.all([snapshot(servers.old, user), snapshot(servers.new, user, newNaming)])
    sides.push({ mailbox: user, old: before, new: after })
  }
  return compare(sides, aspects, nameOnNew)
}

/** Sent is “Gesendet” there, and what lies below it follows. */
function nameOnNew(folder: string): string {
  const [top = '', ...below] = folder.split('/')
  return [usualFolders.get(top) ?? top, ...below].join('/')
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
