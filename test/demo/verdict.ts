import type { Comparison } from './comparison.ts'
import type { Screen } from './screen.ts'
import { number } from './story.ts'

/** Differences told one by one; more are counted. */
const mostTold = 20

/**
 * Prints the comparison, and what differs.
 * @param expected messages that were put into the old server; a comparison that hasn't seen them all proves nothing.
 * @returns whether everything is equal.
 */
export function showComparison(screen: Screen, { rows, found, messages }: Comparison, expected: number): boolean {
  const line = (what: string, ...columns: readonly string[]) => what.padEnd(14) + columns.map(column => column.padStart(14)).join('')
  screen.say(line('', 'old server', 'new server', 'different'))
  for (const row of rows) screen.say(line(row.what, ...[row.old, row.new, row.different].map(number)))

  const differences = messages === expected ? found : [`${number(expected)} messages were put in, ${number(messages)} read back`, ...found]
  if (differences.length > 0) screen.say('', ...differences.slice(0, mostTold))
  if (differences.length > mostTold) screen.say(`… and ${number(differences.length - mostTold)} more`)
  return differences.length === 0
}
