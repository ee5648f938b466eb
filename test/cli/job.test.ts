import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Company, passwordOf, startCompany } from '../support/company.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import type { Dovecot } from '../support/dovecot.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { snapshot } from '../support/snapshot.ts'

const mail = (subject: string, size = 100) => ({ body: `Subject: ${subject}\r\nMessage-ID: <${subject}@x>\r\n\r\n${'x'.repeat(size)}\r\n` })
const mailboxOf = (server: Dovecot, user: string) => snapshot(server, user)
const differences = async (company: Company, user: string) =>
  compareSnapshots(await mailboxOf(company.source, user), await mailboxOf(company.target, user))

describe('a job', () => {
  let company: Company
  before(async () => {
    company = await startCompany({ mailboxes: ['anna', 'berta', 'clara'], messages: 5 })
    await company.apply()
  })
  after(() => company[Symbol.asyncDispose]())

  it('is looked at beforehand: every mailbox opens, and what is to be copied is told', async () => {
    const preflight = await company.run('connection', 'pre-flight', 'old')
    assert.match(preflight.stdout, /✓ anna: 1 folder, 5 messages[\s\S]*3 of 3 mailboxes open/)
    const dryRun = await company.run('job', 'dry-run', 'move')
    assert.match(dryRun.stdout, /3 mailboxes: 15 messages to copy/)
    assert.deepEqual([preflight.code, dryRun.code], [0, 0])
    assert.match((await company.run('job', 'status', 'move')).stdout, /3 not started/)
  })

  it('runs to its end, says so, and everything is there', async () => {
    const { code, stdout } = await company.run('job', 'start', 'move')
    assert.match(stdout, /anna: completed[\s\S]*move: 3 completed; 15 of 15 messages/)
    assert.equal(code, 0)
    assert.match((await company.run('job', 'status', 'move', '--pair', 'anna')).stdout, /^anna → anna: 5 of 5 messages.*; completed\n$/)
    for (const user of ['anna', 'berta', 'clara']) assert.deepEqual(await differences(company, user), [])
  })

  it('has nothing more to do when it is started again', async () => {
    const { code, events } = await company.run('job', 'start', 'move', '--json')
    assert.deepEqual([code, events.filter(({ event }) => event === 'pair')], [0, []])
  })

  it('carries new mail over by a delta, of one mailbox or all', async () => {
    await seedMailbox(company.source, 'anna', [{ path: ['INBOX'], messages: [mail('late')] }])
    await seedMailbox(company.source, 'berta', [{ path: ['Neu & Öl'], messages: [mail('later')], subscribed: true }])
    const one = await company.run('job', 'delta', 'move', '--pair', 'anna')
    assert.match(one.stdout, /anna: completed/)
    assert.doesNotMatch(one.stdout, /berta: completed/)
    assert.deepEqual(await differences(company, 'anna'), [])
    assert.notDeepEqual(await differences(company, 'berta'), [])
    assert.equal((await company.run('job', 'delta', 'move')).code, 0)
    assert.deepEqual(await differences(company, 'berta'), [])
  })

  it('is verified against both servers, down to the bytes', async () => {
    const { code, stdout } = await company.run('job', 'verify', 'move', '--bytes')
    assert.match(stdout, /3 mailboxes: 17 of 17 messages equal/)
    assert.equal(code, 0)
  })

  it('is reported as JSON, CSV and HTML', async () => {
    for (const format of ['json', 'csv', 'html']) {
      const file = join(company.dir, `report.${format}`)
      const { code, stdout } = await company.run('job', 'report', 'move', '--format', format, '--out', file)
      assert.deepEqual([code, stdout.includes(file)], [0, true], stdout)
      assert.match(readFileSync(file, 'utf8'), /anna/)
    }
  })

  it('adopts what is there after a reset, and copies nothing twice', async () => {
    const reset = await company.run('job', 'reset', 'move', '--mode', 'adopt', '--pair', 'anna')
    assert.match(reset.stdout, /anna: reset \(adopt\)[\s\S]*Reset 1 mailbox\./)
    const { code, stdout } = await company.run('job', 'start', 'move')
    assert.match(stdout, /6 adopted/)
    assert.equal(code, 0)
    assert.deepEqual(await differences(company, 'anna'), [])
  })

  it('takes what it wrote away again with a reset by remove', async () => {
    const { code, stdout } = await company.run('job', 'reset', 'move', '--mode', 'remove', '--pair', 'clara')
    assert.match(stdout, /clara: reset \(remove\); 5 messages removed from the target, 0 left/)
    assert.equal(code, 0)
    assert.equal((await mailboxOf(company.target, 'clara')).folders.get('INBOX')?.length, 0)
  })

  it('matches mailboxes by their names, and adds those that are missing', async () => {
    company.file(
      'passwords.csv',
      `mailbox,user,password\n${['anna', 'berta', 'clara', 'dora'].map(user => `${user},${user},${passwordOf(user)}`).join('\n')}\n`,
    )
    const told = await company.run('job', 'match', 'move')
    assert.match(told.stdout, /matched +dora → dora[\s\S]*4 pairs matched, 0 unmatched, 0 ambiguous; 0 added/)
    assert.match((await company.run('job', 'match', 'move', '--add')).stdout, /1 added/)
    assert.match((await company.run('job', 'list')).stdout, /move +old → new +4/)
    company.file('list.csv', 'source,target\nanna,anna\nemil,emil\n')
    const listed = await company.run('job', 'match', 'move', '--csv', 'list.csv')
    assert.deepEqual([listed.code, /line 3.*“emil”/.test(listed.stderr)], [14, true], listed.stderr)
  })
})
