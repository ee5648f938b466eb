import assert from 'node:assert/strict'
import { readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { Finished } from '../support/cli.ts'
import { type Company, passwordOf, startCompany } from '../support/company.ts'
import { freePort } from '../support/freePort.ts'

const checks = ({ events }: Finished) =>
  Object.fromEntries(events.filter(({ event }) => event === 'check').map(({ name, state }) => [name, state]))

/** Sign-ins that the server has refused so far. */
const refusals = (company: Company): number => company.source.log().match(/auth failed|Aborted login/gi)?.length ?? 0

describe('connection test', () => {
  let company: Company
  before(async () => {
    company = await startCompany({ source: { tls: 'implicit' }, target: { masterUser: { user: 'boss', password: 'canary-boss' } } })
  })
  after(() => company[Symbol.asyncDispose]())

  const server = (more: object) => ({
    source: { server: { host: company.source.host, port: company.source.port, tls: 'none', allowPlaintext: true, ...more } },
  })
  const tested = async (change: object, ...args: string[]): Promise<Finished> => {
    await company.run('connection', 'delete', 'old')
    await company.apply({ ...change, job: undefined })
    return company.run('connection', 'test', 'old', ...args)
  }

  it('shows each check and records what was found', async () => {
    const { code, stdout } = await tested(server({}))
    for (const name of ['address', 'tls', 'sign in', 'folders', 'extensions', 'quota'])
      assert.match(stdout, new RegExp(`^[✓–] ${name} `, 'm'))
    assert.equal(code, 0)
    assert.match((await company.run('connection', 'show', 'old')).stdout, /state +verified/)
  })

  it('tells a host that isn’t, a port nobody listens on, and something that is no IMAP server', async () => {
    const host = await tested(server({ host: 'mail.invalid' }))
    assert.deepEqual([host.code, /✗ address .*\n.*“?mail\.invalid/.test(host.stdout)], [3, true], host.stdout)
    const port = await tested(server({ port: await freePort('127.0.0.1') }))
    assert.deepEqual([port.code, /refused the connection on port/.test(port.stdout)], [3, true], port.stdout)
    assert.match((await company.run('connection', 'list')).stdout, /unreachable/)
  })

  it('tells an untrusted certificate with its fingerprint, and trusts it when told so', async () => {
    const { tlsPort, certificate } = company.source
    const untrusted = await tested(server({ port: tlsPort, tls: 'implicit', allowPlaintext: false }))
    assert.equal(untrusted.code, 4, untrusted.stdout)
    assert.ok(untrusted.stdout.includes(certificate?.fingerprint ?? '?'), untrusted.stdout)
    assert.equal((await company.run('connection', 'test', 'old', '--trust', certificate?.fingerprint ?? '')).code, 0)
    assert.match((await company.run('journal')).stdout, /connection\.(certificateTrusted|updated) +old/)
    const other = await company.run('connection', 'test', 'old', '--trust', 'ab'.repeat(32))
    assert.deepEqual([other.code, /is the one that is trusted/.test(other.stdout)], [4, true], other.stdout)
  })

  it('tells a refused password, each time it is asked once', async () => {
    company.file('wrong.csv', 'mailbox,user,password\nanna,anna,canary-wrong\n')
    const before = refusals(company)
    const { code, events, stdout } = await tested(
      { source: { ...(server({}).source && { server: server({}).source.server }), secret: { file: 'wrong.csv' } } },
      '--json',
    )
    assert.equal(code, 5, stdout)
    assert.equal(checks({ events } as Finished)['signIn'], 'failed')
    assert.equal(refusals(company), before + 1)
    assert.match((await company.run('connection', 'list')).stdout, /credentials needed/)
    assert.doesNotMatch(stdout, /canary/)
  })

  it('tells where the secret’s file is missing or has a bad row', async () => {
    const missing = await tested({ source: { secret: { file: 'nothing.csv' } } })
    assert.deepEqual(
      [missing.code, /nothing\.csv.*no such file/.test(missing.stdout + missing.stderr)],
      [5, true],
      missing.stdout + missing.stderr,
    )
    company.file('bad.csv', `mailbox,user,password\nanna,anna,${passwordOf('anna')}\nberta,berta\n`)
    const bad = await tested({ source: { secret: { file: 'bad.csv' } } })
    assert.deepEqual([bad.code, /line 3: password is empty/.test(bad.stdout + bad.stderr)], [14, true], bad.stdout + bad.stderr)
  })

  it('warns of a secret that everybody can read', async () => {
    const file = company.file('open.csv', readFileSync(join(company.dir, 'passwords.csv'), 'utf8'))
    const { chmodSync } = await import('node:fs')
    chmodSync(file, 0o644)
    utimesSync(file, new Date(), new Date())
    const { code, stderr } = await tested({ ...server({}), source: { ...server({}).source, secret: { file: 'open.csv' } } })
    assert.match(stderr, /everybody on this machine can read .*open\.csv/)
    assert.equal(code, 0)
  })

  it('tries an admin on a mailbox of a job, or on the one that is named', async () => {
    const admin = { signIn: { method: 'admin', user: 'boss', actAs: 'separator', separator: '*' }, secret: { file: 'boss' } }
    company.file('boss', 'canary-boss\nsecond line\n')
    await company.run('connection', 'delete', 'new')
    await company.apply({ target: admin, job: undefined })
    const unnamed = await company.run('connection', 'test', 'new')
    assert.deepEqual([unnamed.code, /--mailbox/.test(unnamed.stdout)], [11, true], unnamed.stdout)
    const named = await company.run('connection', 'test', 'new', '--mailbox', 'anna')
    assert.deepEqual([named.code, /boss for anna/.test(named.stdout)], [0, true], named.stdout)
  })
})
