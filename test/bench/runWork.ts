import type { CopierName } from './copiers.ts'
import { type Figures, figures } from './figures.ts'
import { deltaRound, fullRound, type Round } from './rounds.ts'
import { makeStage } from './stage.ts'
import type { Work } from './works.ts'

export interface BenchOptions {
  readonly rounds: number
  readonly stateParent: string
  readonly connections: number
  readonly note: (line: string) => void
}

/** One work with each copier in turn, round by round, so that a slow minute of the machine hits all alike. */
export async function runWork(work: Work, copiers: readonly CopierName[], options: BenchOptions): Promise<Map<CopierName, Figures>> {
  const { rounds, note } = options
  await using stage = await makeStage(work, options.stateParent, options.connections)
  const done: Round[] = []
  const take = (round: Round) => {
    done.push(round)
    note(`${round.copier}: ${Math.round(round.run.wallMs)} ms${round.counted ? ', counting round trips' : ''}`)
    if (round.run.exitCode !== 0) note(`${round.copier} ended with ${round.run.exitCode}: ${round.run.lastWords}`)
  }
  const turns = Array.from({ length: rounds }, (_, round) => rotated(copiers, round))
  if (work.delta) {
    await deltaRound(stage, { changes: work.delta.changes, turns, counted: false, take })
    await deltaRound(stage, { changes: work.delta.changes, turns: [copiers], counted: true, take })
  } else {
    for (const turn of turns) await fullRound(stage, { turn, counted: false, take })
    // Where proxies delay every run they count every run.
    if (work.roundTripMs === undefined) await fullRound(stage, { turn: copiers, counted: true, take })
  }
  return new Map(copiers.map(copier => [copier, figures(done.filter(round => round.copier === copier))]))
}

/** Each round begins with another copier. */
const rotated = <Item>(items: readonly Item[], by: number): Item[] => {
  const first = by % items.length
  return [...items.slice(first), ...items.slice(0, first)]
}
