import assert from 'node:assert/strict'
import { join } from 'node:path'
import { exchangeSide } from '../../src/sandbox/sides/exchangeSide.ts'
import { type Office365Side, office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { type Sandbox, type SandboxSide, startWorld } from '../../src/sandbox/world.ts'
import { cli, type Finished } from '../support/cli.ts'
import { storeOf } from '../support/exchangeMailbox.ts'
import { tempDir } from '../support/tempDir.ts'
import { writePlan } from '../support/tenants/plan.ts'

interface Legacy extends AsyncDisposable {
  readonly sandbox: Sandbox<SandboxSide, Office365Side>
  run(...args: string[]): Promise<Finished>
}

/** An Exchange organisation and a tenant whose mail goes by EWS, as the plan says; the application has its permission. */
async function legacy(permissions: readonly string[]): Promise<Legacy> {
  const dir = tempDir()
  const sandbox = await startWorld({ people: 2, messagesEach: 6 }, exchangeSide(), office365Side({ permissions }))
  writePlan(dir.path, sandbox, undefined, { ews: true })
  const run = (...args: string[]) => cli([...args, '--ledger', join(dir.path, 'ledger.db'), '--log', 'log'], { cwd: dir.path })
  const { code, stderr } = await run('apply', 'plan.json')
  assert.equal(code, 0, stderr)
  return {
    sandbox,
    run,
    async [Symbol.asyncDispose]() {
      await sandbox[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

const directory = ['User.Read.All', 'Domain.Read.All']
const counts = ({ organisation, people }: SandboxSide | Office365Side) =>
  people.map(person => {
    const classes = [...storeOf(organisation, person).items.values()].map(({ itemClass }) => itemClass)
    return Object.fromEntries([...Map.groupBy(classes, name => name)].map(([name, all]) => [name, all.length]).sort())
  })

describe('Exchange Web Services of a tenant', function () {
  this.timeout(120_000)

  it('are refused with the dates, and what to do, where the tenant blocks them', async () => {
    await using world = await legacy([...directory, 'full_access_as_app'])
    const { code, stdout } = await world.run('connection', 'test', 'new')
    assert.equal(code, 6, stdout)
    assert.match(stdout, /^✗ ews [\s\S]*since 2026-10-01 Exchange Online blocks them[\s\S]*Leave "ews" out[\s\S]*1 April 2027/m)
    assert.doesNotMatch(stdout, /Bearer|eyJ/)
  })

  it('are refused where the application lacks their permission', async () => {
    await using world = await legacy(directory)
    world.sandbox.receiving.tenant.switches.ewsEnabled = true
    const { code, stdout } = await world.run('connection', 'test', 'new')
    assert.deepEqual([code, /lacks the right full_access_as_app/.test(stdout)], [6, true], stdout)
  })

  it('carry whole items of every kind, as long as the tenant allows it, and say until when', async () => {
    await using world = await legacy([...directory, 'full_access_as_app'])
    const { leaving, receiving } = world.sandbox
    receiving.tenant.switches.ewsEnabled = true
    const tested = await world.run('connection', 'test', 'new')
    assert.equal(tested.code, 0, tested.stdout)
    assert.match(tested.stdout, /^✓ ews +the tenant still allows it; Microsoft ends? (it|ended)[^\n]*2027-04-01/m)
    assert.equal((await world.run('connection', 'test', 'old')).code, 0)
    const started = await world.run('job', 'start', 'move')
    assert.equal(started.code, 0, started.stdout + started.stderr)
    assert.deepEqual(counts(receiving), counts(leaving))
    const mail = receiving.site.requests.filter(({ path }) => /\/mailFolders\/(?!inbox)/.test(path))
    assert.deepEqual(mail, [], 'no mail went by Graph')

    receiving.tenant.switches.ewsEnabled = false
    world.sandbox.deliver(2)
    const refused = await world.run('job', 'delta', 'move')
    assert.match(refused.stdout + refused.stderr, /doesn’t answer Exchange Web Services for “new”/)
    assert.notEqual(refused.code, 0)
    receiving.tenant.switches.ewsEnabled = true
    assert.equal((await world.run('job', 'delta', 'move')).code, 0)
    assert.deepEqual(counts(receiving), counts(leaving))
  })
})
