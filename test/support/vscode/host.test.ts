import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from '../tempDir.ts'
import { runInHost } from './host.ts'

describe('a suite in an extension host', () => {
  // That one passes which does is proved by the extension's own.
  it('fails where the suite fails', async () => {
    using dir = tempDir()
    const manifest = { name: 'probe', publisher: 'mailferry', version: '0.0.1', engines: { vscode: '*' }, main: './main.js' }
    writeFileSync(join(dir.path, 'package.json'), JSON.stringify({ ...manifest, activationEvents: ['*'] }))
    writeFileSync(join(dir.path, 'main.js'), 'exports.activate = () => {}\n')
    const tests = join(dir.path, 'tests.js')
    writeFileSync(tests, `exports.run = async () => { throw new Error('as it was told') }\n`)
    await assert.rejects(runInHost({ extension: dir.path, tests }), /the suite failed in the extension host/)
  }).timeout(120_000)
})
