import assert from 'node:assert/strict'
import { join } from 'node:path'
import { userBy } from '../../src/sandbox/office365/tenant.ts'
import { exchangeSide } from '../../src/sandbox/sides/exchangeSide.ts'
import { office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { startWorld } from '../../src/sandbox/world.ts'
import { cli } from '../support/cli.ts'
import { storeOf } from '../support/exchangeMailbox.ts'
import { recordShapes } from '../support/graphShapes.ts'
import { tempDir } from '../support/tempDir.ts'
import { writePlan } from '../support/tenants/plan.ts'

describe('a job whose Office 365 mailboxes aren’t all ready', function () {
  this.timeout(120_000)

  it('names them in a dry run, stops those at its start, each with the reason and what shows it, warns of others, and moves the rest', async () => {
    const shapes = recordShapes()
    await using sandbox = await startWorld({ people: 4, messagesEach: 3 }, exchangeSide(), office365Side(shapes))
    using dir = tempDir()
    const { receiving } = sandbox
    const users = receiving.people.map(({ userPrincipalName }) => userBy(receiving.tenant, userPrincipalName))
    const [unlicensed, never, forwarding, fine] = users
    assert.ok(unlicensed && never && forwarding && fine)
    writePlan(dir.path, sandbox)
    const run = (...args: string[]) => cli([...args, '--ledger', join(dir.path, 'ledger.db')], { cwd: dir.path })
    assert.equal((await run('apply', 'plan.json')).code, 0)
    for (const name of ['old', 'new']) assert.equal((await run('connection', 'test', name)).code, 0)

    unlicensed.state = 'unlicensed'
    never.state = 'onPremisesGuid'
    never.onPremisesImmutableId = 'AAAA'
    forwarding.inboxRules.push({ isEnabled: true, actions: { forwardTo: [{ emailAddress: { address: 'else@where.test' } }] } })
    const address = (user: typeof fine) => user.person.primarySmtpAddress
    const looked = await run('job', 'dry-run', 'move')
    assert.equal(looked.code, 11, looked.stdout + looked.stderr)
    assert.match(looked.stdout, new RegExp(`${address(unlicensed)}”[^\\n]* isn’t ready: no licence with Exchange Online`))
    assert.match(looked.stdout, new RegExp(`${address(never)}”[^\\n]* isn’t ready: licensed, but there is no mailbox`))
    assert.match(looked.stdout, /2 mailboxes would fail/)
    assert.match(looked.stderr, new RegExp(`Warning: ${address(forwarding)}: 1 of the inbox rules forward or redirect mail`))
    assert.equal(looked.stderr.match(/Not examined, for the server doesn’t tell: /g)?.length, 1)

    const started = await run('job', 'start', 'move')
    assert.equal(started.code, 9, started.stdout + started.stderr)
    assert.match(started.stderr, new RegExp(`Warning: ${address(forwarding)}: 1 of the inbox rules forward or redirect mail`))
    assert.equal(started.stderr.match(/Not examined, for the server doesn’t tell: /g)?.length, 1)
    const { stdout } = await run('job', 'status', 'move')
    assert.match(stdout, new RegExp(`${address(unlicensed)}[^\\n]*isn’t ready: no licence with Exchange Online`))
    assert.match(
      stdout,
      new RegExp(`${address(never)}[^\\n]*isn’t ready: licensed, but there is no mailbox: most likely an on-premises ExchangeGuid`),
    )
    assert.equal(storeOf(receiving.organisation, fine.person).items.size > 0, true)
    assert.equal(storeOf(receiving.organisation, forwarding.person).items.size > 0, true)

    const asked = () => receiving.site.requests.filter(({ operation }) => /messageRules/.test(operation)).length
    const before = asked()
    assert.equal((await run('job', 'delta', 'move')).code, 9)
    assert.equal(asked(), before, 'mailboxes that took items are not looked at again')
    shapes.check()
  })
})
