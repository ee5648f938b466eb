import assert from 'node:assert/strict'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { type Company, passwordOf, startCompany } from '../support/company.ts'
import { compareSnapshots } from '../support/compareSnapshots.ts'
import type { Dovecot } from '../support/dovecot.ts'
import { seedMailbox } from '../support/mailbox.ts'
import { snapshot } from '../support/snapshot.ts'

/** Gives a mailbox another login on its server, as a domain change does: the mail stays where it is. */
async function rename(server: Dovecot, old: string, now: string): Promise<void> {
  await server.setPassword(now, passwordOf(now))
  await server.removeUser(old)
  renameSync(join(server.dir, 'users', old), join(server.dir, 'users', now))
}

const secretsFor = (company: Company, ...mailboxes: string[]): string =>
  company.file(
    'passwords.csv',
    `mailbox,user,password\n${mailboxes.map(mailbox => `${mailbox},${mailbox},${passwordOf(mailbox)}\n`).join('')}`,
  )

describe('IMAP logins that changed with the domain', () => {
  let company: Company
  before(async () => {
    company = await startCompany({ mailboxes: ['anna', 'berta'], messages: 6 })
    await company.apply()
    assert.equal((await company.run('job', 'start', 'move')).code, 0)
    await rename(company.source, 'anna', 'anna.neu')
    secretsFor(company, 'anna', 'anna.neu', 'berta', 'dora')
  })
  after(() => company[Symbol.asyncDispose]())

  const refresh = (csv: string) => {
    company.file('logins.csv', csv)
    return company.run('job', 'refresh-addresses', 'move', '--csv', 'logins.csv')
  }

  it('are not taken where another mailbox is behind the new login', async () => {
    await company.source.setPassword('dora', passwordOf('dora'))
    await seedMailbox(company.source, 'dora', [{ path: ['INBOX'], messages: [{ body: 'Subject: other\r\n\r\nother\r\n' }] }])
    const { code, stdout } = await refresh('old,new,side\nanna,dora,source\n')
    assert.deepEqual([code, /not found +source +anna\n0 refreshed/.test(stdout)], [9, true], stdout)
  })

  it('are refused by line where the job has none, or the file names one twice', async () => {
    const unknown = await refresh('old,new\nemil,emil.neu\n')
    assert.deepEqual([unknown.code, /line 2: the job “move” has no mailbox “emil”/.test(unknown.stderr)], [14, true], unknown.stderr)
    const twice = await refresh('old,new,side\nanna,x,source\nberta,x,source\nanna,y,both\n')
    assert.match(twice.stderr, /line 3: .*listed in line 2 already\n.*line 4: side is neither source nor target/)
  })

  it('are followed where the known messages are there, and nothing is migrated twice', async () => {
    const { code, stdout } = await refresh('old,new,side\nanna,anna.neu,source\n')
    assert.deepEqual([code, /refreshed +source +anna → anna\.neu\n1 refreshed/.test(stdout)], [0, true], stdout)
    await seedMailbox(company.source, 'anna.neu', [{ path: ['INBOX'], messages: [{ body: 'Subject: late\r\n\r\nlate\r\n' }] }])
    const delta = await company.run('job', 'delta', 'move')
    assert.equal(delta.code, 0, delta.stderr)
    const [from, to] = [await snapshot(company.source, 'anna.neu'), await snapshot(company.target, 'anna')]
    assert.deepEqual(compareSnapshots(from, to), [])
    assert.equal(to.folders.get('INBOX')?.length, 7)
  })

  it('are unchanged without a list: a login is all that is known of an IMAP mailbox', async () => {
    const { code, stdout } = await company.run('job', 'refresh-addresses', 'move')
    assert.deepEqual([code, /0 refreshed, 4 unchanged/.test(stdout)], [0, true], stdout)
  })
})
