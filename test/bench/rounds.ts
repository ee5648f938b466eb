import { differences } from '../support/compareSnapshots.ts'
import type { CopierName } from './copiers.ts'
import type { Copy, Run } from './copy.ts'
import type { Stage } from './stage.ts'

/** Messages, folders and subscriptions that differ from the original, by what differs; empty for a true copy. */
export type Fidelity = Record<string, number>

export interface Round {
  readonly copier: CopierName
  readonly run: Run
  /** An extra run through proxies that count round trips; its time says nothing. */
  readonly counted: boolean
  readonly fidelity: Fidelity
}

interface Full {
  readonly turn: readonly CopierName[]
  readonly counted: boolean
  readonly take: (round: Round) => void
}

/** Each copier fills a mailbox of its own. */
export async function fullRound(stage: Stage, { turn, counted, take }: Full): Promise<void> {
  for (const copier of turn) {
    await using copy = await stage.begin(copier, counted ? 'counted' : 'direct')
    const run = await copy.run('full')
    take({ copier, counted, run, fidelity: await compare(stage, copy) })
  }
}

interface Delta {
  readonly changes: number
  /** The order of each round. */
  readonly turns: readonly (readonly CopierName[])[]
  readonly counted: boolean
  readonly take: (round: Round) => void
}

/** Each copier fills a mailbox, unmeasured, and brings it up to date in every round. */
export async function deltaRound(stage: Stage, { changes, turns, counted, take }: Delta): Promise<void> {
  await using owned = new AsyncDisposableStack()
  const copies = new Map<CopierName, Copy>()
  for (const copier of new Set(turns.flat())) {
    const copy = owned.use(await stage.begin(copier, counted ? 'counted' : 'direct'))
    await copy.run('full')
    copies.set(copier, copy)
  }
  for (const turn of turns) {
    if (changes > 0) await stage.change(changes)
    for (const copier of turn) {
      const copy = copies.get(copier)
      if (!copy) continue
      const run = await copy.run('delta')
      take({ copier, counted, run, fidelity: await compare(stage, copy) })
    }
  }
}

async function compare(stage: Stage, copy: Copy): Promise<Fidelity> {
  const found = Map.groupBy(differences(await stage.original(), await copy.snapshot()), ({ what }) => what)
  return Object.fromEntries([...found].map(([what, all]) => [what, all.length]))
}
