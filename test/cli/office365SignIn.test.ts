import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Person } from '../../src/sandbox/exchange/directory.ts'
import { type Contoso, contoso } from '../sandbox/office365/support.ts'
import { cli, cliFile, privateFile, startCli } from '../support/cli.ts'
import { enterCode } from '../support/deviceSignIn.ts'
import { type TempDir, tempDir } from '../support/tempDir.ts'

describe('an administrator at the command line', function () {
  this.timeout(60_000)
  let cloud: Contoso
  let dir: TempDir
  const ledger = () => ['--ledger', join(dir.path, 'ledger.db')]
  const network = () => ['--login', cloud.loginUrl, '--graph', cloud.graphUrl, '--ca-file', join(dir.path, 'ca.pem')]
  before(() => void cliFile())
  beforeEach(async () => {
    cloud = await contoso()
    dir = tempDir()
    await writeFile(join(dir.path, 'ca.pem'), cloud.ca)
  })
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]()
    dir[Symbol.dispose]()
  })

  /** Runs a command, and enters the code that it tells. */
  const signingIn = async (person: Person, ...args: string[]) => {
    const running = startCli([...args, ...ledger()], { cwd: dir.path })
    await running.says(/enter the code \S+/)
    const [, page = '', userCode = ''] = /Open (\S+) and enter the code (\S+)/.exec(running.stdout()) ?? []
    await enterCode(cloud, { page, userCode }, person)
    return running.finished
  }
  const plan = (signIn: object, secret: object): string =>
    privateFile(dir.path, 'plan.mailferry.json', {
      connections: [
        {
          name: 'Cloud',
          role: 'target',
          kind: 'office365',
          at: { login: cloud.loginUrl, graph: cloud.graphUrl },
          trust: { caFile: 'ca.pem' },
          signIn,
          secret,
        },
      ],
    })

  it('registers the application by a code; what is printed for the plan works, and no key is printed', async () => {
    const { code, stdout, stderr } = await signingIn(cloud.admin, 'office365', 'register', 'app.pem', '--role', 'target', ...network())
    assert.equal(code, 0, stderr)
    const pem = join(dir.path, 'app.pem')
    assert.equal(statSync(pem).mode & 0o777, 0o600)
    const key = readFileSync(pem, 'utf8').split('\n')[5] ?? ''
    assert.ok(key.length === 64 && !stdout.includes(key) && !stderr.includes(key))
    const [, signIn = ''] = /"signIn": (\{.*\})/.exec(stdout) ?? []
    assert.equal((await cli(['apply', plan(JSON.parse(signIn), { file: 'app.pem' }), ...ledger()])).code, 0)
    const tested = await cli(['connection', 'test', 'Cloud', '--mailbox', 'anna@contoso.test', ...ledger()])
    assert.equal(tested.code, 0, tested.stdout + tested.stderr)
  })

  it('hands over the script where the administrator may not', async () => {
    const { registry } = cloud.tenant
    const graph = registry.servicePrincipal('00000003-0000-0000-c000-000000000000')
    const tools = registry.servicePrincipal('14d82eec-204b-4c2f-b7e8-296a70dab67e')
    const scope = 'Application.ReadWrite.All AppRoleAssignment.ReadWrite.All'
    tools?.grants.push({ id: 'g', resourceId: graph?.id ?? '', principalId: undefined, scope })
    const running = startCli(['office365', 'register', 'app.pem', '--role', 'source', ...network(), ...ledger()], { cwd: dir.path })
    await running.says(/enter the code \S+/)
    const [, page = '', userCode = ''] = /Open (\S+) and enter the code (\S+)/.exec(running.stdout()) ?? []
    await enterCode(cloud, { page, userCode }, cloud.anna, {})
    const { code, stdout } = await running.finished
    assert.equal(code, 6, stdout)
    assert.match(stdout, /The tenant doesn’t let this account register it/)
    assert.match(readFileSync(join(dir.path, 'app.pem.ps1'), 'utf8'), /New-MgApplication/)
    assert.ok(!readFileSync(join(dir.path, 'app.pem.cer'), 'utf8').includes('PRIVATE'))
  })

  it('signs in for a delegated connection, which works afterwards; the token is in the file alone', async () => {
    const signIn = { method: 'admin', user: 'admin@contoso.test', clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e' }
    assert.equal((await cli(['apply', plan(signIn, { file: 'token' }), ...ledger()])).code, 0)
    const { code, stdout, stderr } = await signingIn(cloud.admin, 'connection', 'sign-in', 'Cloud', '--out', 'token')
    assert.equal(code, 0, stderr)
    const token = readFileSync(join(dir.path, 'token'), 'utf8')
    assert.ok(token.length > 20 && !stdout.includes(token))
    const tested = await cli(['connection', 'test', 'Cloud', '--mailbox', 'admin@contoso.test', ...ledger()])
    assert.equal(tested.code, 0, tested.stdout + tested.stderr)
  })

  it('is refused as somebody else, and keeps no token', async () => {
    const signIn = { method: 'admin', user: 'other@contoso.test', clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e' }
    assert.equal((await cli(['apply', plan(signIn, { file: 'token' }), ...ledger()])).code, 0)
    const { code, stderr } = await signingIn(cloud.admin, 'connection', 'sign-in', 'Cloud', '--out', 'token')
    assert.equal(code, 2)
    assert.match(stderr, /admin@contoso\.test signed in, but the admin account of “Cloud” is other@contoso\.test/)
    assert.ok(!existsSync(join(dir.path, 'token')))
  })
})
