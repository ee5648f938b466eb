import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { isError } from '../../src/domain/errors.ts'
import { type EditorEnd, editorEnd } from '../../src/rpc/editorEnd.ts'
import type { EngineEvent } from '../../src/rpc/events.ts'

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was thrown',
    error => (isError(error) ? error.code : String(error)),
  )

describe('the channel', () => {
  let child: ChildProcess
  let editor: EditorEnd
  let ended: string[]

  beforeEach(() => {
    ended = []
    child = fork(join(import.meta.dirname, 'channelChild.ts'), { execArgv: [] })
    editor = editorEnd(child, {
      secretOf: async connection => ({ text: `secret of ${connection}`, givenAt: 1 }),
      notified: {
        'engine.ready'() {},
        'engine.failing'() {},
        'ledger.changed'() {},
        'job.progress'() {},
        'secret.needed'() {},
      },
      ended(why) {
        ended.push(why.code)
        if (child.connected) child.disconnect()
      },
    })
  })
  afterEach(async () => {
    if (child.exitCode !== null) return
    const exit = once(child, 'exit')
    if (child.connected) child.disconnect()
    await exit
  })

  const show = (name: string, call = {}) => editor.call('connection.show', { name }, call)

  it('carries a request and its answer', async () => {
    assert.deepEqual(await show('Old'), ['connection.show', { name: 'Old' }])
  })

  it('carries an error with its parameters', async () => {
    await assert.rejects(show('refused'), error => isError(error, 'inUse') && error.params.jobs[0] === 'Move')
  })

  it('carries each call’s events to that call alone, in order and all before its answer', async () => {
    const [one, two]: [string[], string[]] = [[], []]
    const into = (events: string[]) => ({ emit: (event: EngineEvent) => events.push('engine' in event ? event.engine : '') })
    await Promise.all([show('events', into(one)), show('plain', into(two))])
    assert.deepEqual(
      one,
      Array.from({ length: 100 }, (_, n) => String(n)),
    )
    assert.deepEqual(two, [])
  })

  it('carries a cancellation, of a call that began and of one that didn’t', async () => {
    const cancel = new AbortController()
    const began = codeOf(show('until cancelled', { signal: cancel.signal, emit: () => cancel.abort() }))
    assert.equal(await began, 'stopped')
    assert.equal(await codeOf(show('Old', { signal: AbortSignal.abort() })), 'stopped')
  })

  it('carries the engine’s question for a secret', async () => {
    assert.deepEqual(await show('secret'), { text: 'secret of the connection', givenAt: 1 })
  })

  it('fails all pending calls at once when the other end dies, and all later ones', async () => {
    const pending = codeOf(show('until cancelled'))
    assert.deepEqual(await Promise.all([codeOf(show('death')), pending]), ['engine.died', 'engine.died'])
    assert.equal(await codeOf(show('Old')), 'engine.died')
    assert.deepEqual(ended, ['engine.died'])
  })

  for (const damage of ['noise', 'wrong notification']) {
    it(`ends with a clear error after a damaged message: ${damage}`, async () => {
      const pending = codeOf(show('until cancelled'))
      assert.equal(await codeOf(show(damage)), 'engine.channel')
      assert.equal(await pending, 'engine.channel')
      assert.deepEqual(ended, ['engine.channel'])
    })
  }
})
