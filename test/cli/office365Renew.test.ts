import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Contoso, contoso } from '../sandbox/office365/support.ts'
import { certify } from '../servers/office365/certified.ts'
import { cli, cliFile, privateFile } from '../support/cli.ts'
import { type TempDir, tempDir } from '../support/tempDir.ts'

describe('mailferry office365 renew', function () {
  this.timeout(60_000)
  let cloud: Contoso
  let dir: TempDir
  let former: string
  const file = () => join(dir.path, 'app.pem')
  const run = (...args: string[]) => cli([...args, '--ledger', join(dir.path, 'ledger.db')], { cwd: dir.path })
  before(() => void cliFile())
  beforeEach(async () => {
    cloud = await contoso()
    dir = tempDir()
    await writeFile(join(dir.path, 'ca.pem'), cloud.ca)
    former = await certify(cloud)
    privateFile(dir.path, 'app.pem', former)
    const plan = privateFile(dir.path, 'plan.mailferry.json', {
      connections: [
        {
          name: 'Cloud',
          role: 'target',
          kind: 'office365',
          at: { login: cloud.loginUrl, graph: cloud.graphUrl },
          trust: { caFile: 'ca.pem' },
          signIn: { method: 'application', tenant: cloud.tenant.id, clientId: cloud.app.application.appId, credential: 'certificate' },
          secret: { file: 'app.pem' },
        },
      ],
    })
    assert.equal((await run('apply', plan)).code, 0)
    assert.equal((await run('connection', 'test', 'Cloud', '--mailbox', 'anna@contoso.test')).code, 0)
  })
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]()
    dir[Symbol.dispose]()
  })

  it('puts the new certificate where the former one was, for its owner alone; the warning is gone', async () => {
    assert.match((await run('connection', 'list')).stdout, /its certificate ends in 19 days: mailferry office365 renew/)
    // As a process leaves it that was killed between adding and storing.
    privateFile(dir.path, 'app.pem.new', 'half')
    const { code, stdout, stderr } = await run('office365', 'renew', 'Cloud')
    assert.equal(code, 0, stdout + stderr)
    const renewed = readFileSync(file(), 'utf8')
    assert.notEqual(renewed, former)
    assert.equal(statSync(file()).mode & 0o777, 0o600)
    assert.ok(!(stdout + stderr).includes(renewed.split('\n')[5] ?? ''))
    assert.doesNotMatch((await run('connection', 'list')).stdout, /ends in/)
    assert.match((await run('journal')).stdout, /connection\.certificateRenewed/)
    assert.deepEqual(
      readdirSync(dir.path).filter(name => name.startsWith('app.pem')),
      ['app.pem'],
    )
  })

  it('changes nothing where the tenant refuses, and says what to do instead', async () => {
    cloud.tenant.switches.ownApplicationByAppId = false
    const { code, stdout } = await run('office365', 'renew', 'Cloud')
    assert.equal(code, 6, stdout)
    assert.match(stdout, /nothing has changed[\s\S]*--object-id ID[\s\S]*register-script --client-id/)
    assert.equal(readFileSync(file(), 'utf8'), former)
    const { id } = cloud.app.application
    assert.equal((await run('office365', 'renew', 'Cloud', '--object-id', id)).code, 0)
    assert.notEqual(readFileSync(file(), 'utf8'), former)
  })
})
