import assert from 'node:assert/strict'
import { commands, version } from 'vscode'
import { commandTable, fullId } from '../../../src/commands/commandTable.ts'
import { mailferry, measureActivation } from '../support.ts'

describe('activation', () => {
  it('happens in a real VS Code, on the Node that it brings', () => {
    assert.match(version, /^1\.\d+\.\d+/)
    assert.match(process.version, /^v24\./)
  })

  it('waits for no engine, and takes no time that a person would see', async () => {
    const { milliseconds, engine } = await measureActivation()
    // 150 ms is for a machine that does nothing else; here other suites run beside. `test/house/build.test.ts` holds what may be loaded by then.
    assert.ok(milliseconds < 450, `it took ${milliseconds} ms`)
    assert.equal(engine, 'starting')
  })

  it('registers every command of the manifest', async () => {
    await mailferry()
    const known = new Set(await commands.getCommands(true))
    const missing = Object.keys(commandTable)
      .map(id => fullId(id as keyof typeof commandTable))
      .filter(id => !known.has(id))
    assert.deepEqual(missing, [])
  })
})
