import assert from 'node:assert/strict'
import { type Company, passwordOf, startCompany } from '../support/company.ts'

const refusals = (company: Company): number => company.source.log().match(/auth failed/g)?.length ?? 0

describe('a domain change and IMAP', () => {
  let company: Company
  before(async () => {
    company = await startCompany({ mailboxes: ['anna'], messages: 1 })
    await company.apply()
  })
  after(() => company[Symbol.asyncDispose]())

  it('don’t meet: no domain concerns an IMAP connection', async () => {
    const declared = await company.run('domain', 'declare', 'example.org')
    assert.equal(declared.code, 0)
    assert.match(
      declared.stdout,
      /^No connection depends on example\.org\.\n\S+ \(\w+\): not concerned\. Its host and logins are what was typed, whatever domain they are in\.\n/,
    )
    const status = await company.run('domain', 'status')
    assert.deepEqual([status.code, status.stdout], [0, 'No domain change can touch any of the connections.\n'])
  })

  it('leave no way to reconfigure: refused with the reason and what to do instead', async () => {
    const { code, stderr } = await company.run('connection', 'reconfigure', 'old', '--host', 'other.example')
    assert.equal(code, 2)
    assert.match(stderr, /“old” can't be reconfigured: nothing proves that another IMAP server has the same mailboxes/)
    assert.match(stderr, /a new connection and a new job that adopts/)
  })

  it('need a domain that is one, and one way to say where the server is', async () => {
    for (const args of [
      ['domain', 'declare', 'anna@example.org'],
      ['connection', 'reconfigure', 'old', '--host', 'a', '--url', 'https://a/EWS/Exchange.asmx'],
      ['connection', 'reconfigure', 'old', '--at', 'https://a/'],
      ['connection', 'reconfigure', 'old', '--url', 'http://a/EWS/Exchange.asmx'],
      ['connection', 'check'],
      ['connection', 'check', 'old', '--all'],
    ]) {
      const { code, stderr } = await company.run(...args)
      assert.equal(code, 2, `${args.join(' ')}: ${stderr}`)
    }
  })

  it('are told apart by a check: verified, in need of credentials after one refusal, unreachable', async () => {
    const verified = await company.run('connection', 'check', '--all')
    assert.deepEqual(
      [verified.code, /old: verified[\s\S]*new: verified|new: verified[\s\S]*old: verified/.test(verified.stdout)],
      [0, true],
    )
    company.file('passwords.csv', 'mailbox,user,password\nanna,anna,canary-wrong\n')
    for (let n = 0; n < 3; n++) {
      const refused = await company.run('connection', 'check', 'old')
      assert.deepEqual(
        [refused.code, /credentials needed[\s\S]*mailferry connection secret "old"/.test(refused.stdout)],
        [5, true],
        refused.stdout,
      )
    }
    assert.equal(refusals(company), 1)
    company.file('passwords.csv', `mailbox,user,password\nanna,anna,${passwordOf('anna')}\n`)
    assert.equal((await company.run('connection', 'check', 'old')).code, 0)
    await company.source.stop()
    const away = await company.run('connection', 'check', 'old', '--json')
    assert.deepEqual([away.code, away.events.map(({ event }) => event)], [3, ['checked', 'checkDone']], away.stdout)
  })

  it('have their mailboxes listed by the secret’s file', async () => {
    const { code, stdout } = await company.run('connection', 'mailboxes', 'new')
    assert.deepEqual([code, stdout], [0, 'anna\n1 mailbox.\n'])
  })
})
