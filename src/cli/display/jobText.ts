import type { PairCounts } from '../../domain/pair.ts'
import type { JobSummary } from '../../rpc/results.ts'
import { amount, count } from './units.ts'

const names: Readonly<Record<string, string>> = { new: 'not started', completedWithDifferences: 'completed with differences' }

export const statesText = ({ states }: JobSummary): string =>
  Object.entries(states)
    .map(([state, number]) => `${count(number)} ${names[state] ?? state}`)
    .join(', ')

export function countsText({ items, done, doneBytes, adopted, filtered, failed }: PairCounts): string {
  const parts = [`${count(done)} of ${count(items)} messages`, amount(doneBytes)]
  if (adopted > 0) parts.push(`${count(adopted)} adopted`)
  if (filtered > 0) parts.push(`${count(filtered)} filtered`)
  if (failed > 0) parts.push(`${count(failed)} failed`)
  return parts.join(', ')
}
