import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { handlers as Handlers } from '../../src/commands/handlers.ts'
import { terminals, Uri } from '../support/commands/editor.ts'
import { loadHandlers } from '../support/commands/loadCommand.ts'
import { person } from '../support/commands/person.ts'
import { commandScene } from '../support/commands/scene.ts'
import { tempDir } from '../support/tempDir.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'

describe('the sandbox in the editor', () => {
  let commands: typeof Handlers
  before(async () => {
    commands = await loadHandlers()
  })

  const sandboxIn = async (place: string) => {
    const { createSandbox } = await import('../../src/commands/support/sandbox.ts')
    const contexts: boolean[] = []
    const uri = (path: string) => Uri.file(path) as unknown as Parameters<typeof createSandbox>[0]['place']
    const sandbox = createSandbox({ extension: uri('/ext'), place: uri(place), setContext: (_key, value) => void contexts.push(value) })
    return { sandbox, contexts }
  }

  it('runs in a terminal and is ready when it has written its plan, not the one of the last time', async () => {
    using dir = tempDir()
    const last = join(dir.path, 'control.json')
    writeFileSync(last, 'of yesterday')
    const { sandbox, contexts } = await sandboxIn(dir.path)
    using _sandbox = sandbox
    const starting = sandbox.start()
    await waitUntil(() => contexts.length === 1)
    assert.equal(existsSync(last), false)
    assert.deepEqual(terminals.at(-1)?.shellArgs, ['/ext/dist/cli.js', 'sandbox', '--dir', dir.path])
    writeFileSync(last, 'of today')
    assert.equal((await starting)?.fsPath, join(dir.path, 'plan.json'))
    assert.equal(await sandbox.start(), undefined, 'it runs already')
  })

  it('gives nothing when its terminal is closed first', async () => {
    using dir = tempDir()
    const { sandbox, contexts } = await sandboxIn(dir.path)
    using _sandbox = sandbox
    const starting = sandbox.start()
    await waitUntil(() => contexts.length === 1)
    terminals.at(-1)?.terminal.dispose()
    assert.equal(await starting, undefined)
    assert.deepEqual(contexts, [true, false])
  })

  it('offers to define what it plays', async () => {
    const engine = scriptedEngine({
      'plan.apply': () => ({ lines: [{ kind: 'connection', name: 'leaving', outcome: 'created' }] }),
    })
    const { app } = commandScene(engine, {})
    const plan = { fsPath: '/sandbox/plan.json' }
    person.will({ presses: 'Apply its plan…' }, { presses: 'Apply' })
    await commands.startSandbox({ ...app, sandbox: { start: async () => plan } } as unknown as typeof app)
    assert.deepEqual(engine.paramsOf('plan.apply'), [{ file: '/sandbox/plan.json', check: true }, { file: '/sandbox/plan.json' }])
    assert.match(person.asked[1]?.detail ?? '', /New connection leaving/)
  })
})
