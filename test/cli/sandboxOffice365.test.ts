import assert from 'node:assert/strict'
import { join } from 'node:path'
import { planFiles } from '../../src/sandbox/exports.ts'
import { exchangeSide } from '../../src/sandbox/sides/exchangeSide.ts'
import { office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { startWorld } from '../../src/sandbox/world.ts'
import { cli, privateFile } from '../support/cli.ts'
import { storeOf } from '../support/exchangeMailbox.ts'
import { tempDir } from '../support/tempDir.ts'

describe('the plan that a sandbox with a tenant writes', () => {
  it('moves mailboxes: those of a tenant are known by their Entra object ids, as its Get-Mailbox list has them', async () => {
    await using sandbox = await startWorld({ people: 1, messagesEach: 3 }, exchangeSide(), office365Side())
    using dir = tempDir()
    for (const [name, content] of Object.entries(planFiles(sandbox))) privateFile(dir.path, name, content)
    const run = async (...args: string[]) => await cli([...args, '--ledger', join(dir.path, 'ledger.db')], { cwd: dir.path })
    assert.equal((await run('apply', 'plan.json')).code, 0)
    const { stdout } = await run('export')
    const [person] = sandbox.receiving.people
    assert.ok(person && stdout.includes(person.objectGuid), stdout)
    assert.ok(!stdout.includes(person.mailboxGuid ?? ''))
    for (const name of ['leaving', 'receiving']) assert.equal((await run('connection', 'test', name)).code, 0)
    const { code, stderr } = await run('job', 'start', 'move')
    assert.ok(code === 0 || code === 10, stderr)
    assert.ok(storeOf(sandbox.receiving.organisation, person).items.size > 0)
  }).timeout(60_000)
})
