import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cli, cliFile } from '../support/cli.ts'
import { type Company, startCompany } from '../support/company.ts'
import { inKeyringSession, withoutKeyring } from '../support/keyring.ts'

/** What stands in every password of a test company, in any form it could be written down. */
const canaries = ['canary-', Buffer.from('canary-').toString('base64').slice(0, 9), 'Pa55']

const tells = (text: string): string[] => canaries.filter(canary => text.includes(canary))

describe('secrets', () => {
  let company: Company
  before(async () => {
    company = await startCompany({ mailboxes: ['anna', 'berta'], messages: 300 })
  })
  after(() => company[Symbol.asyncDispose]())

  it('never show: not in the ledger, the output, the log, an export, a report, nor the process list', async () => {
    await company.apply({ job: { limits: { megabytesPerSecond: 0.1 } } })
    company.file('wrong.csv', 'mailbox,user,password\nanna,anna,canary-wrong\n')
    const outputs: string[] = []
    const run = company.start('job', 'start', 'move', '--json', '--log', 'log')
    await run.says(/"phase":"copy"/)
    outputs.push(execFileSync('ps', ['-eo', 'args', 'ww'], { encoding: 'utf8' }), readFileSync(`/proc/${run.child.pid}/environ`, 'utf8'))
    const { stdout, stderr, code } = await run.finished
    assert.equal(code, 0, stdout)
    outputs.push(stdout, stderr)
    for (const args of [
      ['connection', 'test', 'old', '--json'],
      ['connection', 'show', 'old'],
      ['job', 'status', 'move', '--json'],
      ['export', '--out', 'export.json'],
      ['job', 'report', 'move', '--out', 'report.json'],
      ['job', 'report', 'move', '--out', 'report.html'],
      ['journal', '--json'],
    ]) {
      const result = await company.run(...args, '--log', 'log')
      assert.equal(result.code, 0, args.join(' '))
      outputs.push(result.stdout, result.stderr)
    }
    assert.deepEqual(outputs.flatMap(tells), [])
    const given = new Set(['passwords.csv', 'wrong.csv'])
    for (const name of readdirSync(company.dir).filter(name => !given.has(name))) {
      assert.deepEqual(tells(readFileSync(join(company.dir, name), 'latin1')), [], name)
    }
  })

  it('come from a file descriptor', async () => {
    await company.run('job', 'reset', 'move', '--mode', 'adopt')
    await company.apply({ source: { secret: { fd: 3 } } })
    const fd = openSync(join(company.dir, 'passwords.csv'), 'r')
    const { code, stderr } = await company.runWith({ stdio: ['ignore', 'pipe', 'pipe', fd] }, 'connection', 'test', 'old')
    closeSync(fd)
    assert.equal(code, 0, stderr)
    const closed = await company.run('connection', 'test', 'old')
    assert.deepEqual([closed.code, /file descriptor 3.*nothing is open there/.test(closed.stdout)], [5, true], closed.stdout)
  })

  it('are stored in the vault from standard input, and used from there', async () => {
    await company.apply({ source: { secret: { vault: true } } })
    const script = '"$0" "$1" connection secret old --ledger "$2" && "$0" "$1" connection test old --ledger "$2"'
    const passwords = readFileSync(join(company.dir, 'passwords.csv'), 'utf8')
    const stored = inKeyringSession(company.dir, ['sh', '-c', script, 'node', cliFile(), company.ledger], passwords)
    assert.match(stored.stdout, /Stored the secret of “old” in the vault\.[\s\S]*“old” works\./, stored.stderr)
    assert.equal(stored.status, 0)
    const vault = `${company.ledger}.vault`
    for (const name of readdirSync(vault)) assert.deepEqual(tells(readFileSync(join(vault, name), 'latin1')), [])
  })

  it('that the vault can’t keep are refused with the other ways to give them', async () => {
    const { code, stderr } = await cli(['connection', 'secret', 'old', '--ledger', company.ledger], {
      env: withoutKeyring(company.dir),
      input: 'mailbox,user,password\nanna,anna,canary-x\n',
    })
    assert.equal(code, 5, stderr)
    assert.match(stderr, /file|descriptor/i)
    assert.deepEqual(tells(stderr), [])
  })

  it('of the wrong form are refused before they are stored', async () => {
    const { code, stderr } = await company.runWith({ input: 'mailbox,user,password\nanna,anna\n' }, 'connection', 'secret', 'old')
    assert.deepEqual([code, /line 2: password is empty/.test(stderr)], [14, true], stderr)
    const empty = await company.run('connection', 'secret', 'old')
    assert.deepEqual([empty.code, /the secret is empty/.test(empty.stderr)], [2, true], empty.stderr)
  })
})
