import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type Office365Side, office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { startWorld } from '../../src/sandbox/world.ts'
import { cli } from '../support/cli.ts'
import { storeOf } from '../support/exchangeMailbox.ts'
import { recordShapes } from '../support/graphShapes.ts'
import { tempDir } from '../support/tempDir.ts'
import { writePlan } from '../support/tenants/plan.ts'

const itemsOf = ({ organisation, people }: Office365Side): number =>
  people.reduce((sum, person) => sum + storeOf(organisation, person).items.size, 0)

describe('between two tenants', function () {
  this.timeout(240_000)

  it('forgotten delta tokens, a proxy in the way and withdrawn consent lose nothing and double nothing', async () => {
    const shapes = recordShapes()
    await using sandbox = await startWorld({ people: 2, messagesEach: 8 }, office365Side(shapes), office365Side(shapes))
    using dir = tempDir()
    const { leaving, receiving } = sandbox
    writePlan(dir.path, sandbox)
    const run = (...args: string[]) => cli([...args, '--ledger', join(dir.path, 'ledger.db')], { cwd: dir.path })
    const fine = async (...args: string[]) => {
      const { code, stdout, stderr } = await run(...args)
      assert.equal(code, 0, stdout + stderr)
    }
    await fine('apply', 'plan.json')
    for (const name of ['old', 'new']) await fine('connection', 'test', name)
    await fine('job', 'start', 'move')
    assert.equal(itemsOf(receiving), itemsOf(leaving))

    // 410 for every folder: all is compared.
    leaving.tenant.switches.deltaTokensSince = Date.now() + 1000
    sandbox.deliver(3)
    await fine('job', 'delta', 'move')
    leaving.tenant.switches.deltaTokensSince = 0
    assert.equal(itemsOf(receiving), itemsOf(leaving))

    sandbox.deliver(2)
    leaving.site.proxyPage = true
    const behind = await run('job', 'delta', 'move')
    assert.notEqual(behind.code, 0)
    assert.match(behind.stdout + behind.stderr, /something else answered: HTTP 200 with a page for people/)
    leaving.site.proxyPage = false
    const consented = receiving.application.principal.roleAssignments.splice(0)
    const refused = await run('job', 'delta', 'move')
    assert.equal(refused.code, 6, refused.stdout + refused.stderr)
    assert.match(refused.stdout + refused.stderr, /the permission is missing[\s\S]*consent to it/)
    receiving.application.principal.roleAssignments.push(...consented)
    await fine('job', 'delta', 'move')
    assert.equal(itemsOf(receiving), itemsOf(leaving))
    shapes.check()
  })
})
