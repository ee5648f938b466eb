import assert from 'node:assert/strict'
import { engineEnvironment } from '../../src/editor/engineEnvironment.ts'

const editors = {
  PATH: '/bin',
  NODE_EXTRA_CA_CERTS: '/ca.pem',
  VSCODE_PID: '1',
  ELECTRON_NO_ATTACH_CONSOLE: '1',
  NODE_OPTIONS: '--inspect',
  GONE: undefined,
}

describe("the engine's environment", () => {
  it('is the person’s, without what is the editor’s own', () => {
    assert.deepEqual(engineEnvironment(editors, false), { PATH: '/bin', NODE_EXTRA_CA_CERTS: '/ca.pem' })
  })

  it('tells Electron to be Node', () => {
    assert.equal(engineEnvironment(editors, true)['ELECTRON_RUN_AS_NODE'], '1')
  })
})
