import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MailferryError } from '../../../src/domain/errors.ts'
import { describe as inWords } from '../../../src/domain/errorText.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import { planConnection } from '../../../src/engine/plan/planConnection.ts'
import { readPlan } from '../../../src/engine/plan/readPlan.ts'
import { connectionSettings } from '../../../src/engine/plan/settings.ts'
import { tempDir } from '../../support/tempDir.ts'

const connection = (more: object = {}) => ({
  name: 'old',
  role: 'source',
  kind: 'imap',
  server: { host: 'mail.example.org' },
  signIn: { method: 'mailbox' },
  ...more,
})

async function refused(plan: unknown, files: Record<string, string> = {}): Promise<MailferryError> {
  using dir = tempDir()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir.path, name), text)
  const file = join(dir.path, 'plan.json')
  writeFileSync(file, typeof plan === 'string' ? plan : JSON.stringify(plan))
  const thrown: unknown = await readPlan(file).then(
    () => undefined,
    error => error,
  )
  assert.ok(thrown instanceof MailferryError, 'the plan was taken')
  return thrown
}

const problems = async (plan: unknown) => {
  const error = await refused(plan)
  assert.equal(error.code, 'plan.invalid')
  return (error.params as { problems: { path: string; message: string }[] }).problems
}

describe('a plan file', () => {
  it('is refused with a typo named by its path and the name that was meant', async () => {
    const plan = { jobs: [{ name: 'j', source: 'a', target: 'b', filters: { recievedFrom: '2024-01-01' } }] }
    assert.deepEqual(await problems(plan), [{ path: 'jobs[0].filters.recievedFrom', message: 'unknown; did you mean receivedFrom?' }])
  })

  it('is refused with all its mistakes at once', async () => {
    const plan = { connections: [connection({ rolle: 'source', server: { host: 7 } })], jobs: [{ name: '', source: 'a', target: 'b' }] }
    assert.deepEqual(
      (await problems(plan)).map(problem => problem.path),
      ['connections[0].server.host', 'connections[0].rolle', 'jobs[0].name'],
    )
  })

  it('names the nearest of several forms', async () => {
    const plan = { connections: [connection({ secret: { file: 'a', path: 'b' } })] }
    assert.deepEqual(
      (await problems(plan)).map(problem => problem.path),
      ['connections[0].secret.path'],
    )
  })

  it('is refused with two connections of one name, and with readable sign-in nobody consented to', async () => {
    const plan = { connections: [connection(), connection({ name: 'OLD', server: { host: 'h', tls: 'none' } })] }
    assert.deepEqual(
      (await problems(plan)).map(problem => problem.path),
      ['connections[1].name', 'connections[1].server.allowPlaintext'],
    )
  })

  it('is refused with a mailbox listed twice', async () => {
    const job = { name: 'j', source: 'a', target: 'b', pairs: [{ source: 'anna' }, { source: 'Anna', target: 'x' }] }
    const error = await refused({ jobs: [job] })
    assert.deepEqual([error.code, error.params], ['pair.twice', { job: 'j', mailbox: 'Anna', side: 'source' }])
  })

  const cloud = (more: object = {}) => ({
    name: 'cloud',
    role: 'target',
    kind: 'office365',
    signIn: { method: 'application', tenant: 'contoso.example', clientId: 'client', credential: 'certificate' },
    ...more,
  })

  it('reads a connection to Office 365 with its paths, and gives it back as it was', async () => {
    const at = { login: 'https://login.example:8443', graph: 'https://graph.example' }
    const full = cloud({ cloud: 'usGov', at, trust: { caFile: '/ca.pem' }, secret: { file: '/mailferry.pem' } })
    const admin = cloud({ name: 'admin', signIn: { method: 'admin', user: 'admin@contoso.example', clientId: 'public' } })
    const { connections } = await readPlan('/plans/plan.json', JSON.stringify({ connections: [full, admin] }))
    assert.deepEqual(connections, [full, admin])
    const again = connections.map(planned => {
      const { name, role, secret } = planned
      const settings = connectionSettings(planned)
      return planConnection({ id: asConnectionId(name), name, role, settings, verification: { state: 'unverified' } }, secret)
    })
    assert.deepEqual(again, connections)
  })

  it('wants origins without a path for a test network, and a sign-in that is one', async () => {
    const wrong = cloud({ at: { login: 'https://login.example/tenant', graph: 'http://graph.example' }, signIn: { method: 'application' } })
    const paths = (await problems({ connections: [wrong] })).map(({ path }) => path)
    for (const path of ['connections[0].at.login', 'connections[0].at.graph', 'connections[0].signIn.tenant'])
      assert.ok(paths.includes(path), path)
  })

  it('is unreadable when it is no JSON, and says where', async () => {
    const error = await refused('{\n  "jobs": [,]\n}')
    assert.equal(error.code, 'plan.unreadable')
    assert.match(inWords(error).message, /line 2/)
  })

  it('reads pairs from a CSV beside it; a bad row is named by its line', async () => {
    const plan = { jobs: [{ name: 'j', source: 'a', target: 'b', pairs: { csv: 'pairs.csv' } }] }
    const error = await refused(plan, { 'pairs.csv': 'source,target,priority\nanna,anna,1\nberta,,high\n' })
    assert.deepEqual(error.code, 'csv.invalid')
    assert.deepEqual((error.params as { problems: unknown }).problems, [{ line: 3, message: 'priority is not a whole number' }])
  })

  it('has its paths relative to itself', async () => {
    using dir = tempDir()
    const file = join(dir.path, 'plan.json')
    writeFileSync(
      file,
      JSON.stringify({ connections: [connection({ secret: { file: 'secrets/a.csv' }, server: { host: 'h', caFile: 'ca.pem' } })] }),
    )
    const [read] = (await readPlan(file)).connections
    assert.deepEqual(read?.secret, { file: join(dir.path, 'secrets/a.csv') })
    assert.equal(read?.kind === 'imap' && read.server.caFile, join(dir.path, 'ca.pem'))
  })
})
