import assert from 'node:assert/strict'
import { join } from 'node:path'
import { cli, privateFile } from '../support/cli.ts'
import { tempDir } from '../support/tempDir.ts'

const connection = (name: string, role: string): object => ({
  name,
  role,
  kind: 'imap',
  server: { host: `${role}.example` },
  signIn: { method: 'mailbox' },
})

describe('names on the command line', () => {
  it('are changed and copied, while a job uses the connection', async () => {
    using dir = tempDir()
    const run = (...args: string[]) => cli([...args, '--ledger', join(dir.path, 'ledger.db')], { cwd: dir.path })
    const connections = [connection('old', 'source'), connection('new', 'target')]
    const plan = privateFile(dir.path, 'plan.json', {
      connections,
      jobs: [{ name: 'move', source: 'old', target: 'new', pairs: [{ source: 'anna' }] }],
    })
    await run('apply', plan)
    assert.match((await run('connection', 'rename', 'old', 'Contoso')).stdout, /“old” is “Contoso” now/)
    assert.match((await run('connection', 'duplicate', 'Contoso', 'Contoso 2')).stdout, /“Contoso 2” has the settings of “Contoso”/)
    assert.match((await run('job', 'rename', 'move', 'Move all')).stdout, /“move” is “Move all” now/)
    const { stdout } = await run('export')
    assert.deepEqual(
      JSON.parse(stdout)
        .connections.map(({ name }: { name: string }) => name)
        .toSorted(),
      ['Contoso', 'Contoso 2', 'new'],
    )
    assert.equal(JSON.parse(stdout).jobs[0].name, 'Move all')
    assert.match((await run('connection', 'rename', 'Contoso', 'new')).stderr, /new/)
  }).timeout(60_000)
})
