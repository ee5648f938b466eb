import { describe } from '../../domain/errorText.ts'
import type { CheckEvent } from '../../rpc/events.ts'
import type { Output } from '../output.ts'

const marks = { passed: '✓', failed: '✗', skipped: '–' } as const

/** One check of a connection's configuration, with the cure where it failed. */
export function sayCheck(out: Output, check: CheckEvent): void {
  const lines = [`${marks[check.state]} ${check.name.padEnd(14)} ${check.detail}`]
  if (check.error !== undefined) {
    const { message, next } = describe(check.error)
    lines.push(`  ${message}`, `  ${next}`)
  }
  out.say(check, lines)
}
