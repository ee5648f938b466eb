import { type Difference, differences } from '../support/compareSnapshots.ts'
import type { MailboxSnapshot, MessageSnapshot } from '../support/snapshot.ts'

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
  /** Messages, and whatever else there is, on the old side. */
  readonly messages: number
}

/** A mailbox as it is read on both sides, past Mailferry and its ledger. */
export interface Sides {
  readonly mailbox: string
  readonly old: MailboxSnapshot
  readonly new: MailboxSnapshot
}

/** What is compared in a line. */
export interface Aspect {
  readonly what: string
  readonly kinds: readonly Difference['what'][]
  /** Which folders; all unless said. */
  readonly within?: (folder: string) => boolean
  readonly count: (mailbox: MailboxSnapshot) => number
}

/** Compares all mailboxes, message by message. @param rename where a folder of the old side lies on the new one. */
export function compare(all: readonly Sides[], aspects: readonly Aspect[], rename = (folder: string): string => folder): Comparison {
  const found = all.flatMap(({ mailbox, old, new: copy }) =>
    differences(old, copy, { rename }).map(difference => ({ mailbox, difference })),
  )
  const rows = aspects.map(({ what, kinds, within = () => true, count }) => ({
    what,
    old: sum(all.map(side => count(side.old))),
    new: sum(all.map(side => count(side.new))),
    different: found.filter(({ difference }) => kinds.includes(difference.what) && within(difference.folder)).length,
  }))
  return {
    rows,
    found: found.map(({ mailbox, difference: { folder, what, detail } }) => `${mailbox}: ${folder}: ${what} ${detail}`),
    messages: sum(all.map(({ old }) => messagesOf(old).length)),
  }
}

export const messagesOf = ({ folders }: MailboxSnapshot, within: (folder: string) => boolean = () => true): MessageSnapshot[] =>
  [...folders].flatMap(([folder, messages]) => (within(folder) ? messages : []))

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
