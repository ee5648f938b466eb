import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Person } from '../../src/sandbox/exchange/directory.ts'
import { registerApplication } from '../../src/sandbox/office365/entra/registry.ts'
import { addUser } from '../../src/sandbox/office365/tenant.ts'
import { type Office365Side, office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { type Sandbox, startWorld } from '../../src/sandbox/world.ts'
import { cli, type Finished, privateFile } from '../support/cli.ts'
import { putMail, storeOf } from '../support/exchangeMailbox.ts'
import { recordShapes } from '../support/graphShapes.ts'
import { tempDir } from '../support/tempDir.ts'
import { type Desk, signInAdmin } from '../support/tenants/desk.ts'
import { writePlan } from '../support/tenants/plan.ts'

interface Tenants extends AsyncDisposable {
  readonly sandbox: Sandbox<Office365Side, Office365Side>
  readonly dir: string
  readonly desk: Desk
  run(...args: string[]): Promise<Finished>
}

/** Two tenants, and a plan: `old` and `new` sign in as applications, `desk` as an administrator of the old one. Everything is tested and migrated once. */
async function migrated(adminOf: (side: Office365Side) => Person): Promise<Tenants> {
  const dir = tempDir()
  const shapes = recordShapes()
  const sandbox = await startWorld({ people: 2, messagesEach: 4 }, office365Side(shapes), office365Side(shapes))
  const { leaving } = sandbox
  const admin = adminOf(leaving)
  putMail(storeOf(leaving.organisation, admin), ['INBOX'], { mime: 'Subject: to the admin\n\nhello\n', received: Date.UTC(2026, 0, 5) })
  const desk = signInAdmin(leaving, admin)
  writePlan(dir.path, { ...sandbox, leaving: { ...leaving, admin } }, desk)
  const run = (...args: string[]) => cli([...args, '--ledger', join(dir.path, 'ledger.db'), '--log', 'log'], { cwd: dir.path })
  const fine = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args)
    assert.equal(code, 0, stdout + stderr)
  }
  await fine('apply', 'plan.json')
  for (const name of ['old', 'new', 'desk']) await fine('connection', 'test', name)
  for (const job of ['move', 'own']) await fine('job', 'start', job)
  return {
    sandbox,
    dir: dir.path,
    desk,
    run,
    async [Symbol.asyncDispose]() {
      await sandbox[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
      shapes.check()
    },
  }
}

const itemsOf = ({ organisation, people, admin }: Office365Side): number =>
  [admin, ...people].reduce((sum, person) => sum + storeOf(organisation, person).items.size, 0)

const inBrackets = (side: Office365Side) => side.admin.userPrincipalName

describe('an Office 365 administrator whose name is in the domain that moves', function () {
  this.timeout(60_000)
  let world: Tenants
  let copied: number
  before(async function () {
    this.timeout(120_000)
    world = await migrated(({ admin }) => admin)
    copied = itemsOf(world.sandbox.receiving)
    world.sandbox.moveDomain()
  })
  after(() => world[Symbol.asyncDispose]())

  it('makes the connection stale, and what its job could do wrong is refused; applications aren’t touched', async () => {
    const { code, stdout } = await world.run('connection', 'check', '--all')
    assert.equal(code, 8, stdout)
    assert.match(stdout, /^desk: stale since .*admin@fabrikam\.test is admin@fabrikam\.onmicrosoft\.com now/m)
    assert.match(stdout, /^old: verified[\s\S]*^|^new: verified/m)
    for (const args of [['start'], ['delta'], ['refresh-addresses'], ['reset', '--mode', 'adopt']]) {
      const [verb = '', ...more] = args
      const refused = await world.run('job', verb, 'own', ...more)
      assert.deepEqual(
        [refused.code, /“desk” is stale[\s\S]*Reconfigure the connection “desk”/.test(refused.stderr)],
        [8, true],
        refused.stderr,
      )
    }
    assert.equal((await world.run('job', 'delta', 'move')).code, 0)
  })

  it('can’t be led to the other tenant, whatever name is typed', async () => {
    const { receiving } = world.sandbox
    const { connection, refreshToken } = signInAdmin(receiving)
    assert.ok(connection)
    privateFile(world.dir, 'other.secret', `${refreshToken}\n`)
    const args = ['--admin', inBrackets(receiving), '--secret-file', 'other.secret', '--responsible', 'desk']
    const { code } = await world.run('connection', 'reconfigure', 'desk', ...args)
    assert.notEqual(code, 0)
    assert.equal((await world.run('domain', 'status')).code, 8)
  })

  it('is reconfigured by his new name, found again by Entra’s object ids, and nothing is migrated twice', async () => {
    const { leaving, receiving } = world.sandbox
    const { code, stdout, stderr } = await world.run('connection', 'reconfigure', 'desk', '--admin', inBrackets(leaving))
    assert.deepEqual([code, /the same organisation as before, proved/.test(stdout)], [0, true], stdout + stderr)
    assert.equal((await world.run('connection', 'check', '--all')).code, 0)
    const refreshed = await world.run('job', 'refresh-addresses', 'own')
    assert.match(refreshed.stdout, /^2 refreshed, 0 unchanged, 0 not found, 0 ambiguous/m)
    const all = await world.run('job', 'refresh-addresses', 'move')
    assert.match(all.stdout, /^4 refreshed, 0 unchanged, 0 not found, 0 ambiguous/m)
    for (const job of ['own', 'move']) assert.equal((await world.run('job', 'delta', job)).code, 0)
    assert.equal(itemsOf(receiving), copied)
  })
})

describe('an Office 365 administrator whose name is the tenant’s own for ever', function () {
  this.timeout(60_000)
  let world: Tenants
  const root = 'root@fabrikam.onmicrosoft.com'
  before(async function () {
    this.timeout(120_000)
    world = await migrated(({ tenant }) =>
      addUser(tenant, { displayName: 'Root', primarySmtpAddress: root, password: 'Wurzel-0', isAdministrator: true }),
    )
    world.sandbox.moveDomain()
  })
  after(() => world[Symbol.asyncDispose]())

  it('isn’t touched by the move: no connection is stale, and its jobs go on', async () => {
    const { code, stdout } = await world.run('connection', 'check', '--all')
    assert.equal(code, 0, stdout)
    assert.equal((await world.run('job', 'delta', 'own')).code, 0)
  })

  it('needs no reconfiguration, which is said; but anyway, to another administrator of the same tenant', async () => {
    const { leaving } = world.sandbox
    const unasked = await world.run('connection', 'reconfigure', 'desk')
    assert.deepEqual([unasked.code, /isn't needed[\s\S]*onmicrosoft\.com address/.test(unasked.stderr)], [2, true], unasked.stderr)
    privateFile(world.dir, 'second.secret', `${world.desk.tokenOf(leaving.admin)}\n`)
    const args = ['--anyway', '--admin', leaving.admin.userPrincipalName, '--secret-file', 'second.secret']
    const { code, stdout, stderr } = await world.run('connection', 'reconfigure', 'desk', ...args)
    assert.deepEqual([code, /the same organisation as before, proved/.test(stdout)], [0, true], stdout + stderr)
    assert.match((await world.run('connection', 'check', 'desk')).stdout, /^desk: verified/m)
  })

  it('an application: by another one of the same tenant only, whatever name is typed', async () => {
    const { leaving, receiving } = world.sandbox
    const unasked = await world.run('connection', 'reconfigure', 'old')
    assert.deepEqual([unasked.code, /isn't needed[\s\S]*as an application/.test(unasked.stderr)], [2, true], unasked.stderr)
    const strangers = receiving.application
    privateFile(world.dir, 'stranger.secret', `${strangers.secret}\n`)
    const elsewhere = await world.run(
      ...['connection', 'reconfigure', 'old', '--anyway', '--admin', strangers.application.appId],
      ...['--secret-file', 'stranger.secret', '--responsible', 'old'],
    )
    assert.equal(elsewhere.code, 5, elsewhere.stderr)
    const second = registerApplication(leaving.tenant.registry, 'Second', ['Mail.Read', 'User.Read.All'])
    privateFile(world.dir, 'app.secret', `${second.secret}\n`)
    const args = ['--anyway', '--admin', second.application.appId, '--secret-file', 'app.secret']
    const done = await world.run('connection', 'reconfigure', 'old', ...args)
    assert.deepEqual([done.code, /the same organisation as before, proved/.test(done.stdout)], [0, true], done.stdout + done.stderr)
    assert.equal((await world.run('job', 'delta', 'move')).code, 0)
  })
})
