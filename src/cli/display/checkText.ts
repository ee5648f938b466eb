import { describe } from '../../domain/errorText.ts'
import type { CheckEvent } from '../../rpc/events.ts'
import type { Output } from '../output.ts'

const marks = { passed: '✓', failed: '✗', skipped: '–' } as const

/** `acceptedDomains` as a person reads it; the longest has sixteen letters. */
const label = (name: string): string => name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`).padEnd(16)

/** One check of a connection's configuration, with the cure where it failed. */
export function sayCheck(out: Output, check: CheckEvent): void {
  const [detail = '', ...more] = check.detail.split('\n')
  const lines = [`${marks[check.state]} ${label(check.name)} ${detail}`, ...more.map(line => `  ${line}`)]
  if (check.error !== undefined) {
    const { message, next } = describe(check.error)
    lines.push(`  ${message}`, `  ${next}`)
  }
  out.say(check, lines)
}
