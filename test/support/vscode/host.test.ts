import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from '../tempDir.ts'
import { runInHost } from './host.ts'

describe('a suite in an extension host', () => {
  let dir: ReturnType<typeof tempDir>

  before(() => {
    dir = tempDir()
    const manifest = {
      name: 'probe',
      publisher: 'mailferry',
      version: '0.0.1',
      engines: { vscode: '*' },
      main: './main.js',
      activationEvents: ['*'],
    }
    writeFileSync(join(dir.path, 'package.json'), JSON.stringify(manifest))
    writeFileSync(join(dir.path, 'main.js'), 'exports.activate = () => {}\n')
    writeFileSync(
      join(dir.path, 'tests.js'),
      `exports.run = async () => {
        if (process.env.VERDICT === 'fail') throw new Error('as it was told')
        require('node:fs').writeFileSync(process.env.REPORT, JSON.stringify({ vscode: require('vscode').version, node: process.version }))
      }\n`,
    )
  })
  after(() => dir[Symbol.dispose]())

  const run = (env: Record<string, string>) => runInHost({ extension: dir.path, tests: join(dir.path, 'tests.js'), env })

  it('runs in a real VS Code on Node 24', async () => {
    const report = join(dir.path, 'report.json')
    await run({ REPORT: report })
    const { vscode, node } = JSON.parse(readFileSync(report, 'utf8'))
    assert.match(vscode, /^1\.\d+\.\d+/)
    assert.match(node, /^v24\./)
  }).timeout(120_000)

  it('fails where the suite fails', async () => {
    await assert.rejects(run({ VERDICT: 'fail' }), /the suite failed in the extension host/)
  }).timeout(120_000)
})
