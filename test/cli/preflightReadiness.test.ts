import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { userBy } from '../../src/sandbox/office365/tenant.ts'
import { contoso } from '../sandbox/office365/support.ts'
import { cli } from '../support/cli.ts'
import { tempDir } from '../support/tempDir.ts'

describe('the pre-flight of an Office 365 target', function () {
  this.timeout(60_000)

  it('says of each mailbox what blocks it, and what has to be looked at by hand', async () => {
    await using org = await contoso()
    using dir = tempDir()
    const unlicensed = userBy(org.tenant, 'ben@contoso.test')
    assert.ok(unlicensed)
    unlicensed.state = 'unlicensed'
    const file = (name: string, text: string) => {
      writeFileSync(join(dir.path, name), text, { mode: 0o600 })
      return join(dir.path, name)
    }
    const connection = (name: string, role: string) => ({
      name,
      role,
      kind: 'office365',
      at: { login: org.loginUrl, graph: org.graphUrl },
      trust: { caFile: file('ca.pem', org.ca) },
      signIn: { method: 'application', tenant: org.tenant.id, clientId: org.app.application.appId, credential: 'secret' },
      secret: { file: file('secret.txt', `${org.app.secret}\n`) },
    })
    const pairs = [{ source: 'anna@contoso.test' }, { source: 'ben@contoso.test' }]
    const plan = {
      connections: [connection('old', 'source'), connection('new', 'target')],
      jobs: [{ name: 'move', source: 'old', target: 'new', pairs }],
    }
    const ledger = ['--ledger', join(dir.path, 'ledger.db')]
    assert.equal((await cli(['apply', file('plan.json', JSON.stringify(plan)), ...ledger])).code, 0)
    const tested = await cli(['connection', 'test', 'new', ...ledger])
    assert.equal(tested.code, 0, tested.stdout + tested.stderr)
    const { stdout, code } = await cli(['connection', 'pre-flight', 'new', ...ledger])
    assert.equal(code, 9)
    assert.match(stdout, /✓ anna@contoso\.test: \d+ folders/)
    assert.match(
      stdout,
      /\? not examined: retention policies[^\n]*\n\s+Get-Mailbox 'anna@contoso\.test' \| Format-List RetentionPolicy, RetentionHoldEnabled/,
    )
    assert.match(stdout, /✗ ben@contoso\.test:[\s\S]*✗ no licence with Exchange Online/)
    assert.ok(!stdout.includes(org.app.secret))
  })
})
