import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { startStaleChecks } from '../../src/views/staleChecks.ts'

const counted = () => {
  const done = { checks: 0 }
  return { done, check: async () => void done.checks++ }
}

describe('checks for stale connections', () => {
  it('begin soon after the start and go on as the setting has it', async () => {
    const { done, check } = counted()
    using _checks = startStaleChecks({ check, everyMinutes: () => 10 / 60_000, firstAfterMs: 5 })
    while (done.checks < 3) await pause(5)
  })

  it('are made once where the setting is 0, and not at all after the end', async () => {
    const [once, never] = [counted(), counted()]
    using _once = startStaleChecks({ check: once.check, everyMinutes: () => 0, firstAfterMs: 5 })
    startStaleChecks({ check: never.check, everyMinutes: () => 1, firstAfterMs: 5 })[Symbol.dispose]()
    await pause(50)
    assert.deepEqual([once.done.checks, never.done.checks], [1, 0])
  })
})
