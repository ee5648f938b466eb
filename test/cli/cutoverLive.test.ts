import assert from 'node:assert/strict'
import { join } from 'node:path'
import { asConnectionId } from '../../src/domain/ids.ts'
import { askAutodiscover } from '../../src/engine/cutover/askAutodiscover.ts'
import { office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { type SandboxSide, startSandbox, startWorld } from '../../src/sandbox/world.ts'
import { cli, privateFile } from '../support/cli.ts'
import { tempDir } from '../support/tempDir.ts'
import { writePlan } from '../support/tenants/plan.ts'

describe('what a cutover’s checklist asks servers for', function () {
  this.timeout(120_000)

  it('who of a tenant has an address in the domain, and is in no job', async () => {
    await using sandbox = await startWorld({ people: 3 }, office365Side(), office365Side())
    using dir = tempDir()
    const [first, second, third] = sandbox.leaving.people
    assert.ok(first && second && third)
    third.primarySmtpAddress = 'third@fabrikam.onmicrosoft.com'
    third.proxyAddresses = ['SMTP:third@fabrikam.onmicrosoft.com']
    writePlan(dir.path, sandbox)
    const [target] = sandbox.receiving.people
    privateFile(dir.path, 'pairs.csv', `source,target\n${first.primarySmtpAddress},${target?.primarySmtpAddress}\n`)
    const run = (...args: string[]) => cli([...args, '--ledger', join(dir.path, 'ledger.db')], { cwd: dir.path })
    assert.equal((await run('apply', 'plan.json')).code, 0)
    assert.equal((await run('connection', 'test', 'old')).code, 0)
    const listed = await run('connection', 'mailboxes', 'old')
    assert.ok(listed.stdout.includes(second.primarySmtpAddress))
    assert.doesNotMatch(listed.stdout, /Get-Mailbox/)
    const before = sandbox.leaving.site.requests.length
    const quiet = await run('cutover', sandbox.domain)
    assert.ok(!quiet.stdout.includes(second.primarySmtpAddress))
    assert.equal(sandbox.leaving.site.requests.length, before, 'nobody is asked without --live')
    const { stdout } = await run('cutover', sandbox.domain, '--live')
    const line = stdout.split('\n').find(text => text.includes(second.primarySmtpAddress))
    assert.match(line ?? '', /in no job/, stdout)
    assert.ok(line?.includes(sandbox.leaving.admin.primarySmtpAddress))
    assert.ok(!stdout.includes('third@fabrikam.onmicrosoft.com'))
  })

  it('where Autodiscover leads, without signing in: to the other company once the domain has moved', async () => {
    await using sandbox = await startSandbox({ people: 1 })
    using dir = tempDir()
    const { leaving, receiving, discovery, domain, caCert } = sandbox
    const caFile = privateFile(dir.path, 'ca.pem', caCert)
    const connection = {
      id: asConnectionId('c'),
      name: 'old',
      role: 'source',
      settings: {
        kind: 'exchange',
        server: { by: 'autodiscover', domain, at: new URL(discovery.url).host },
        trust: { caFile },
        admin: { user: 'admin@fabrikam.test', method: 'ntlm', access: 'impersonation' },
      },
      verification: { state: 'unverified' },
    } as const
    const [local] = leaving.people.map(({ userPrincipalName }) => userPrincipalName.split('@')[0])
    const ask = () =>
      askAutodiscover(domain, [connection], { version: '0', signal: new AbortController().signal, address: `${local}@${domain}` })
    assert.equal(await ask(), new URL(leaving.ewsUrl).host)
    sandbox.moveDomain()
    assert.equal(await ask(), new URL(receiving.ewsUrl).host)
    const signIns = ({ site }: SandboxSide) => site.accounts.attempts.length
    assert.deepEqual([signIns(leaving), signIns(receiving)], [0, 0])
  })
})
