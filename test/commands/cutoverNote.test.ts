import assert from 'node:assert/strict'
import type { CutoverResult } from '../../src/rpc/results.ts'
import type { PanelApp } from '../../src/webview/panelApp.ts'
import { panels, Uri } from '../support/commands/editor.ts'
import '../support/commands/loadCommand.ts'
import { person } from '../support/commands/person.ts'
import { commandScene } from '../support/commands/scene.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'

const cutover: CutoverResult = {
  domain: 'contoso.com',
  jobs: [],
  live: false,
  steps: [
    {
      id: 'addDomain',
      phase: 'move',
      title: 'Add the domain to the target and verify it',
      state: 'done',
      parts: [],
      how: [],
      tick: { at: '2026-01-01T09:00:00Z', note: 'by Anna' },
    },
  ],
}

describe('a note beside a tick of the cutover', () => {
  it('is what the person types, and stays where nothing is typed', async () => {
    const { openCutoverChecklist } = await import('../../src/webview/cutoverChecklist.ts')
    const engine = scriptedEngine({ 'cutover.status': () => [cutover], 'cutover.tick': () => undefined })
    const { app } = commandScene(engine, {})
    const panelApp = { ...app, open: { reveal: () => false, add() {} }, host: { extensionUri: Uri.file('/ext'), log: { warn() {} } } }
    await openCutoverChecklist(panelApp as unknown as PanelApp)
    person.will({ types: ' done by Ben ' })
    panels.at(-1)?.says({ type: 'note', step: 'addDomain' })
    await waitUntil(() => engine.paramsOf('cutover.tick').length === 1)
    assert.deepEqual(engine.paramsOf('cutover.tick'), [{ domain: 'contoso.com', step: 'addDomain', done: true, note: 'done by Ben' }])
    assert.equal(person.asked[0]?.text, 'Add the domain to the target and verify it')
    person.will()
    panels.at(-1)?.says({ type: 'note', step: 'addDomain' })
    await waitUntil(() => person.asked.length === 1)
    assert.equal(engine.paramsOf('cutover.tick').length, 1)
  })
})
