import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Office365Side, office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { startWorld } from '../../src/sandbox/world.ts'
import { cli, privateFile } from '../support/cli.ts'
import { storeOf, viewOf } from '../support/exchangeMailbox.ts'
import { recordShapes } from '../support/graphShapes.ts'
import { tempDir } from '../support/tempDir.ts'
import { signInAdmin } from '../support/tenants/desk.ts'
import { writePlan } from '../support/tenants/plan.ts'

/** The first of a side's people is a shared mailbox, the second a room's; neither has a licence, and nobody signs in to them. */
function nobodysOwn({ tenant, people }: Office365Side) {
  const [shared, room] = people
  assert.ok(shared && room)
  for (const [person, purpose] of [
    [shared, 'shared'],
    [room, 'room'],
  ] as const) {
    const user = tenant.users.get(person.objectGuid)
    assert.ok(user)
    user.purpose = purpose
    person.accountDisabled = true
  }
  return [shared, room] as const
}

describe('shared and room mailboxes', function () {
  this.timeout(120_000)

  const scene = async () => {
    const shapes = recordShapes()
    const side = () => office365Side({ watch: shapes.watch })
    const sandbox = await startWorld({ people: 3, messagesEach: 4 }, side(), side())
    const dir = tempDir()
    const run = (...args: string[]) => cli([...args, '--ledger', join(dir.path, 'ledger.db')], { cwd: dir.path })
    const [from, to] = [nobodysOwn(sandbox.leaving), nobodysOwn(sandbox.receiving)]
    return {
      ...sandbox,
      dir: dir.path,
      run,
      from,
      to,
      async same(at: 0 | 1) {
        const [source, target] = [storeOf(sandbox.leaving.organisation, from[at]), storeOf(sandbox.receiving.organisation, to[at])]
        assert.ok(source.items.size > 0)
        const named = async (store: typeof source) =>
          [...(await viewOf(store)).values()]
            .flat()
            .map(({ content }) => content)
            .sort()
        assert.deepEqual(await named(target), await named(source))
      },
      async [Symbol.asyncDispose]() {
        await sandbox[Symbol.asyncDispose]()
        dir[Symbol.dispose]()
        shapes.check()
      },
    }
  }

  it('are listed, matched and migrated by an application as people’s are, without a licence, and the pre-flight tells which they are', async () => {
    await using here = await scene()
    const { run, from, to } = here
    writePlan(here.dir, here)
    const { connections } = JSON.parse(readFileSync(join(here.dir, 'plan.json'), 'utf8'))
    privateFile(here.dir, 'plan.json', { connections, jobs: [{ name: 'move', source: 'old', target: 'new', pairs: [] }] })
    assert.equal((await run('apply', 'plan.json')).code, 0)
    for (const name of ['old', 'new']) assert.equal((await run('connection', 'test', name)).code, 0)
    const listed = await run('connection', 'mailboxes', 'new')
    for (const { primarySmtpAddress } of to) assert.ok(listed.stdout.includes(primarySmtpAddress), listed.stdout)
    const matched = await run('job', 'match', 'move', '--add')
    for (const [at, { primarySmtpAddress }] of from.entries())
      assert.ok(matched.stdout.includes(`matched    ${primarySmtpAddress} → ${to[at]?.primarySmtpAddress}`), matched.stdout)
    const looked = await run('connection', 'pre-flight', 'new')
    assert.equal(looked.code, 0)
    for (const [at, purpose] of ['shared', 'room'].entries())
      assert.match(
        looked.stdout,
        new RegExp(`✓ ${to[at]?.primarySmtpAddress}: [^\\n]*\\n  – there is a mailbox \\(${purpose}\\)\\n  – no licence [^\\n]*need none`),
      )
    const started = await run('job', 'start', 'move')
    assert.equal(started.code, 0, started.stdout + started.stderr)
    assert.doesNotMatch(started.stderr, /licence/)
    for (const at of [0, 1] as const) await here.same(at)
  })

  it('are migrated by an administrator who has full access to them, and those that he hasn’t are named', async () => {
    await using here = await scene()
    const { run, from, to, leaving, receiving } = here
    const desk = (name: string, role: string, side: Office365Side, [shared]: typeof from, ...mail: string[]) => {
      shared.fullAccess.add(side.admin.objectGuid)
      const { connection, refreshToken } = signInAdmin(side, side.admin, mail)
      privateFile(here.dir, `${name}.secret`, refreshToken)
      return { ...connection, name, role, trust: { caFile: 'ca.pem' }, secret: { file: `${name}.secret` } }
    }
    writePlan(here.dir, here)
    const connections = [
      desk('old', 'source', leaving, from, 'Mail.Read', 'Mail.Read.Shared'),
      desk('new', 'target', receiving, to, 'Mail.ReadWrite', 'Mail.ReadWrite.Shared'),
    ]
    const pairs = from.map(({ primarySmtpAddress }, at) => ({ source: primarySmtpAddress, target: to[at]?.primarySmtpAddress }))
    privateFile(here.dir, 'plan.json', { connections, jobs: [{ name: 'move', source: 'old', target: 'new', pairs }] })
    assert.equal((await run('apply', 'plan.json')).code, 0)
    for (const [name, { primarySmtpAddress }] of [
      ['old', from[0]],
      ['new', to[0]],
    ] as const) {
      const tested = await run('connection', 'test', name, '--mailbox', primarySmtpAddress)
      assert.equal(tested.code, 0, tested.stdout + tested.stderr)
      assert.match(tested.stdout, /opens other people’s mailboxes only where he has full access to them/)
    }
    assert.equal((await run('job', 'start', 'move')).code, 6)
    await here.same(0)
    const { stdout } = await run('job', 'status', 'move')
    assert.match(stdout, new RegExp(`${from[0].primarySmtpAddress}[^\\n]*completed`))
    assert.match(stdout, new RegExp(`not into the mailbox “${from[1].primarySmtpAddress}”[^\\n]*\\n?[^\\n]*FullAccess`))
  })
})
