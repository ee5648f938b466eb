import assert from 'node:assert/strict'
import { appendFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { followEngineLog } from '../../src/editor/engineLog.ts'
import { openBoundedLog } from '../../src/engine/process/boundedLog.ts'
import { until } from '../support/engine.ts'
import { tempDir } from '../support/tempDir.ts'

describe("the engine's log in the editor", () => {
  it('shows its lines, what Node printed, and goes on with a new file', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'engine.log')
    const shown: string[] = []
    const channel = {
      info: (text: string) => shown.push(`info ${text}`),
      warn: (text: string) => shown.push(`warn ${text}`),
      error: (text: string) => shown.push(`error ${text}`),
    }
    const following = followEngineLog(file, channel)
    try {
      writeFileSync(file, '{"at":"2026-01-05T10:00:00.000Z","pid":7,"what":"pair.claimed","epoch":2}\nhalf a')
      await until('the first is shown', 3000, () => shown.length === 1)
      appendFileSync(file, ' line\n{"at":"2026-01-05T10:00:00.000Z","pid":7,"what":"engine.dies","code":"internal"}\n')
      await until('the rest is shown', 3000, () => shown.length === 3)
      renameSync(file, `${file}.1`)
      writeFileSync(file, '{"at":"2026-01-05T10:00:00.000Z","pid":8,"what":"new"}\n')
      await until('the new one is shown', 3000, () => shown.length === 4)
    } finally {
      following.dispose()
    }
    assert.deepEqual(shown, [
      'info engine 7 pair.claimed epoch=2',
      'warn half a line',
      'error engine 7 engine.dies code=internal',
      'info engine 8 new',
    ])
  })
})

describe("the engine's log file", () => {
  it('never grows beyond its bound: one older part is kept', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'engine.log')
    await using log = openBoundedLog(file, () => 0, 1000)
    for (let n = 0; n < 500; n += 1) log.write('line', { n })
    assert.ok(statSync(file).size < 1100 && statSync(`${file}.1`).size < 1100)
  })
})
