import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Person } from '../../src/sandbox/exchange/directory.ts'
import type { MailboxState } from '../../src/sandbox/office365/tenant.ts'
import { type Office365Side, office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { startWorld } from '../../src/sandbox/world.ts'
import { cli, startCli } from '../support/cli.ts'
import { storeOf } from '../support/exchangeMailbox.ts'
import { recordShapes } from '../support/graphShapes.ts'
import { type TempDir, tempDir } from '../support/tempDir.ts'
import { writePlan } from '../support/tenants/plan.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'

const itemsOf = ({ organisation, people }: Office365Side): number[] => people.map(person => storeOf(organisation, person).items.size)

const personIn = ({ people }: Office365Side, index: number): Person => people[index] ?? assert.fail(`there is no person ${index}`)

/** A mailbox without licence, deleted or elsewhere is still in the store, and comes back as it was. */
function become({ tenant }: Office365Side, person: Person, state: MailboxState): void {
  const user = tenant.users.get(person.objectGuid) ?? assert.fail(`${person.displayName} is no user`)
  user.state = state
}

describe('mailboxes of two tenants that come and go', function () {
  this.timeout(240_000)
  let dir: TempDir
  beforeEach(() => {
    dir = tempDir()
  })
  afterEach(() => dir[Symbol.dispose]())
  const args = (...verb: string[]) => [...verb, '--ledger', join(dir.path, 'ledger.db')]
  const run = (...verb: string[]) => cli(args(...verb), { cwd: dir.path })
  const fine = async (...verb: string[]) => {
    const { code, stdout, stderr } = await run(...verb)
    assert.equal(code, 0, stdout + stderr)
  }
  const prepare = async (sandbox: Parameters<typeof writePlan>[1]) => {
    writePlan(dir.path, sandbox)
    await fine('apply', 'plan.json')
    for (const name of ['old', 'new']) await fine('connection', 'test', name)
  }

  it('are named each with its reason and next step, while the others go on; what comes back is migrated once', async () => {
    const shapes = recordShapes()
    await using sandbox = await startWorld({ people: 4, messagesEach: 6 }, office365Side(shapes), office365Side(shapes))
    const { leaving, receiving } = sandbox
    await prepare(sandbox)
    await fine('job', 'start', 'move')
    assert.deepEqual(itemsOf(receiving), itemsOf(leaving))
    sandbox.deliver(12)
    const [unlicensed, deleted, scoped] = [personIn(receiving, 0), personIn(leaving, 1), personIn(leaving, 2)]
    become(receiving, unlicensed, 'unlicensed')
    become(leaving, deleted, 'softDeleted')
    leaving.application.principal.accessPolicy = new Set(leaving.people.filter(one => one !== scoped).map(one => one.objectGuid))
    const some = await run('job', 'delta', 'move')
    const told = some.stdout + some.stderr
    assert.notEqual(some.code, 0, told)
    const line = ({ primarySmtpAddress }: Person): string => told.split('\n').find(text => text.includes(`${primarySmtpAddress} `)) ?? told
    for (const person of [personIn(leaving, 0), deleted]) assert.match(line(person), /no mailbox of “.*See in the admin centre what it is/)
    assert.match(line(scoped), /access policy of the tenant.*Put the mailbox into the application’s scope/)
    assert.match(line(personIn(leaving, 3)), /: completed$/)
    assert.equal(itemsOf(receiving)[3], itemsOf(leaving)[3])

    become(receiving, unlicensed, 'ready')
    become(leaving, deleted, 'ready')
    leaving.application.principal.accessPolicy = undefined
    await fine('job', 'delta', 'move')
    assert.deepEqual(itemsOf(receiving), itemsOf(leaving))
    shapes.check()
  })

  it('lose nothing and double nothing where tokens are revoked, imports expire and connections break off in the middle', async () => {
    await using sandbox = await startWorld({ people: 3, messagesEach: 40 }, office365Side(), office365Side())
    const { leaving, receiving } = sandbox
    await prepare(sandbox)
    for (const { site } of [leaving, receiving]) {
      site.latency = 5
      for (const kind of ['dropBefore', 'dropAfter', 'cut'] as const) site.troubles.add({ trouble: { kind }, chance: 0.02 })
      site.troubles.add({ trouble: { kind: 'status', status: 502 }, chance: 0.02 })
    }
    const running = startCli(args('job', 'start', 'move'), { cwd: dir.path })
    const arrived = () => itemsOf(receiving).reduce((sum, items) => sum + items, 0)
    const before = arrived()
    await waitUntil(() => arrived() > before + 20, 60_000)
    for (const { tenant } of [leaving, receiving]) {
      tenant.tokens.validFrom = Date.now()
      tenant.switches.importSessionLifetime = 61_000
    }
    sandbox.clock.aheadMilliseconds = 90_000
    await running.finished
    for (const { site } of [leaving, receiving]) site.troubles.clear()
    await fine('job', 'delta', 'move')
    assert.deepEqual(itemsOf(receiving), itemsOf(leaving))
    await fine('job', 'verify', 'move')
  })
})
