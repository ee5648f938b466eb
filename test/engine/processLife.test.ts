import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isError } from '../../src/domain/errors.ts'
import type { EngineState } from '../../src/editor/engineClient.ts'
import { builtFolder } from '../support/cli.ts'
import { isAlive, openWindow, until } from '../support/engine.ts'
import { tempDir } from '../support/tempDir.ts'

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was thrown',
    error => (isError(error) ? error.code : String(error)),
  )

describe("an engine's process", () => {
  before(function () {
    this.timeout(60_000)
    builtFolder()
  })

  it('answers what is asked before it is ready, and says who it is', async () => {
    using dir = tempDir()
    using window = openWindow(dir.path, 'one')
    assert.equal(window.engine.state.state, 'starting')
    assert.deepEqual(await window.engine.call('connection.list', {}), [])
    await until('it runs', 5000, () => window.engine.state.state === 'running')
    assert.ok(isAlive(window.pid()))
  })

  it('ends with its window when it has nothing to do', async () => {
    using dir = tempDir()
    using window = openWindow(dir.path, 'one')
    await until('it runs', 10_000, () => window.engine.state.state === 'running')
    const pid = window.pid()
    window.engine.dispose()
    await until('it ends', 5000, () => !isAlive(pid))
  })

  it('that is killed fails what was asked of it at once, and is started again', async () => {
    using dir = tempDir()
    using window = openWindow(dir.path, 'one')
    const states: EngineState['state'][] = []
    window.engine.onState(({ state }) => states.push(state))
    await until('it runs', 10_000, () => window.engine.state.state === 'running')
    const first = window.pid()
    process.kill(first, 'SIGSTOP')
    const pending = codeOf(window.engine.call('connection.list', {}))
    process.kill(first, 'SIGKILL')
    assert.equal(await pending, 'engine.died')
    assert.deepEqual(await window.engine.call('connection.list', {}), [])
    await until('another runs', 10_000, () => window.engine.state.state === 'running')
    assert.notEqual(window.pid(), first)
    assert.deepEqual(states, ['running', 'restarting', 'starting', 'running'])
  })

  it('that can’t open its ledger says why, and isn’t tried again by itself', async () => {
    using dir = tempDir()
    writeFileSync(join(dir.path, 'ledger.db'), 'no ledger at all, but long enough to be looked at as one '.repeat(40))
    using window = openWindow(dir.path, 'one')
    assert.equal(await codeOf(window.engine.call('connection.list', {})), 'ledger.foreign')
    await until('it is given up', 5000, () => window.engine.state.state === 'failed')
    assert.equal(await codeOf(window.engine.call('job.list', {})), 'ledger.foreign')
    writeFileSync(join(dir.path, 'ledger.db'), '')
    window.engine.restart()
    assert.deepEqual(await window.engine.call('job.list', {}), [])
  })

  it('of another version isn’t spoken to', async () => {
    using dir = tempDir()
    using window = openWindow(dir.path, 'one', { version: '0.0.0' })
    await until('it is given up', 10_000, () => window.engine.state.state === 'failed')
    assert.equal(await codeOf(window.engine.call('job.list', {})), 'engine.failed')
  })

  it('runs from a copy, in an environment without the editor’s own variables', async () => {
    using dir = tempDir()
    process.env['VSCODE_CANARY'] = 'yes'
    using window = openWindow(dir.path, 'one')
    await until('it runs', 10_000, () => window.engine.state.state === 'running')
    delete process.env['VSCODE_CANARY']
    assert.match(readFileSync(`/proc/${window.pid()}/cmdline`, 'utf8'), new RegExp(`${dir.path}/storage/engines/`))
    assert.doesNotMatch(readFileSync(`/proc/${window.pid()}/environ`, 'utf8'), /VSCODE_/)
  })
})
