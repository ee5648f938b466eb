import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mailboxOf } from '../../src/sandbox/exchange/organisation.ts'
import type { SandboxSide } from '../../src/sandbox/world.ts'
import { type ExchangeCompany, startExchangeCompany } from '../support/exchangeCompany.ts'

/** Items in everybody's mailbox. */
const itemsOf = ({ organisation, people }: SandboxSide): number =>
  people.reduce((sum, person) => sum + (mailboxOf(organisation, person)?.items.size ?? 0), 0)

const refusals = ({ site }: SandboxSide): number => site.accounts.attempts.filter(({ outcome }) => outcome !== 'accepted').length

async function migrated(): Promise<ExchangeCompany> {
  const company = await startExchangeCompany({ people: 2, messagesEach: 3 })
  await company.apply()
  for (const name of ['leaving', 'receiving']) assert.equal((await company.run('connection', 'test', name)).code, 0)
  const { code, stdout } = await company.run('job', 'start', 'move')
  assert.ok(code === 0 || code === 10, stdout)
  return company
}

describe('a domain that goes from source to target', function () {
  this.timeout(40_000)
  let company: ExchangeCompany
  let copied: number
  before(async function () {
    this.timeout(60_000)
    company = await migrated()
    copied = itemsOf(company.sandbox.receiving)
    assert.ok(copied > 0)
    company.sandbox.moveDomain()
  })
  after(() => company[Symbol.asyncDispose]())

  it('makes the connection stale that signed in with it, by one refused sign-in however many processes ask', async () => {
    const { leaving } = company.sandbox
    const first = await company.run('connection', 'check', 'leaving')
    assert.deepEqual(
      [first.code, /leaving: stale[\s\S]*mailferry connection reconfigure "leaving"/.test(first.stdout)],
      [8, true],
      first.stdout,
    )
    await company.run('connection', 'check', 'leaving')
    for (const args of [
      ['job', 'start', 'move'],
      ['job', 'delta', 'move'],
      ['job', 'refresh-addresses', 'move'],
      ['job', 'reset', 'move', '--mode', 'adopt'],
    ]) {
      const { code, stderr } = await company.run(...args)
      assert.deepEqual([code, /“leaving” is stale[\s\S]*Reconfigure the connection “leaving”/.test(stderr)], [8, true], stderr)
    }
    assert.equal(refusals(leaving), 1)
  })

  it('shows nobody’s secret to the company that Autodiscover leads to now', () => {
    const strangers = company.sandbox.receiving.site.accounts.attempts.filter(({ user }) => user !== 'admin@northwind.test')
    assert.deepEqual(strangers, [])
  })

  it('can’t lead the connection to the other company', async () => {
    const { receiving } = company.sandbox
    const args = ['--url', receiving.ewsUrl, '--admin', receiving.admin.userPrincipalName, '--secret-file', 'receiving.secret']
    const { code, stderr } = await company.run('connection', 'reconfigure', 'leaving', ...args, '--responsible', 'leaving')
    assert.deepEqual([code, /belongs to the organisation .* but what was given leads to/.test(stderr)], [6, true], stderr)
    assert.equal((await company.run('domain', 'status')).code, 8)
  })

  it('is over for both connections once they are reconfigured, each proved to be the same organisation', async () => {
    const { leaving, receiving } = company.sandbox
    for (const [name, { admin }] of [
      ['leaving', leaving],
      ['receiving', receiving],
    ] as const) {
      const { code, stdout } = await company.run('connection', 'reconfigure', name, '--admin', admin.userPrincipalName)
      assert.deepEqual([code, /is reconfigured: the same organisation as before, proved/.test(stdout)], [0, true], stdout)
    }
    assert.equal((await company.run('connection', 'check', '--all')).code, 0)
    assert.match((await company.run('journal')).stdout, /connection\.reconfigured +leaving[\s\S]*connection\.reconfigured +receiving/)
    const { stdout: ofOne } = await company.run('journal', '--of', 'Leaving')
    assert.match(ofOne, /connection\.reconfigured +leaving/)
    assert.doesNotMatch(ofOne, /receiving/)
  })

  it('is led through by the checklist: what is begun says what to do, to whom to say it, and when things were', async () => {
    const { domain } = company.sandbox
    assert.equal((await company.run('cutover', 'tick', domain, 'renameUsers', '--note', 'by Ines')).code, 0)
    const { code, stdout } = await company.run('cutover', domain)
    assert.equal(code, 10)
    assert.match(stdout, /leaving: ticked on \d{4}-\d\d-\d\d \d\d:\d\d UTC\n +“by Ines”\n/)
    assert.doesNotMatch(stdout, /T\d\d:\d\d:\d\d/)
    assert.match(stdout, /\[ \] Take every address[^[]*Change the email address policies first/)
    assert.match(stdout, /\[ \] Refresh email addresses[^[]*mailferry job refresh-addresses NAME/)
    assert.match(stdout, new RegExp(`mailferry cutover tick ${domain} STEP\\n.*mailferry cutover ${domain} --live\\n$`))
  })

  it('has shown the reconfigured account to nobody but its own company, for the server was asked where it was', () => {
    const { leaving, receiving } = company.sandbox
    const asked = ({ site }: SandboxSide) => site.accounts.attempts.filter(({ user }) => user === leaving.admin.userPrincipalName).length
    assert.deepEqual([asked(leaving) > 0, asked(receiving)], [true, 0])
  })

  it('leaves every mailbox to be found by its id: refreshed, and not found where it was deleted', async () => {
    const [person] = company.sandbox.leaving.people
    assert.ok(person)
    const guid = person.mailboxGuid
    person.mailboxGuid = undefined
    const { code, stdout } = await company.run('job', 'refresh-addresses', 'move')
    assert.deepEqual([code, /3 refreshed, 0 unchanged, 1 not found, 0 ambiguous/.test(stdout)], [9, true], stdout)
    person.mailboxGuid = guid
    const again = await company.run('job', 'refresh-addresses', 'move', '--report', 'addresses.csv')
    assert.deepEqual([again.code, /1 refreshed, 3 unchanged/.test(again.stdout)], [0, true], again.stdout)
    const rows = readFileSync(join(company.dir, 'addresses.csv'), 'utf8').trim().split('\r\n')
    assert.deepEqual(rows.map(row => row.split(',')[1]).sort(), ['outcome', 'refreshed', 'unchanged', 'unchanged', 'unchanged'])
  })

  it('makes nothing be migrated twice', async () => {
    const { code, stdout } = await company.run('job', 'delta', 'move')
    assert.ok(code === 0 || code === 10, stdout)
    assert.equal(itemsOf(company.sandbox.receiving), copied)
  })

  it('writes no secret down', () => {
    const texts = [...company.outputs, company.ledgerText()]
    assert.deepEqual(
      texts.filter(text => text.includes(company.sandbox.leaving.admin.password)),
      [],
    )
  })
})

describe('a domain change on one side', () => {
  it('concerns the connection that depends on it only, and can be declared before it happens', async function () {
    this.timeout(60_000)
    await using company = await startExchangeCompany({ people: 1, messagesEach: 1 })
    await company.apply()
    for (const name of ['leaving', 'receiving']) await company.run('connection', 'test', name)
    const declared = await company.run('domain', 'declare', company.sandbox.domain)
    assert.match(
      declared.stdout,
      /^leaving \(source\): stale from now on; its admin account and its Autodiscover depend on the domain\nNext/,
    )
    assert.equal((await company.run('job', 'start', 'move')).code, 8)
    company.sandbox.moveDomain({ keepReceivingAdmin: true })
    const args = ['--admin', company.sandbox.leaving.admin.userPrincipalName, '--autodiscover', company.sandbox.leaving.ownDomain]
    const at = new URL(company.sandbox.discovery.url).host
    // None of its mailboxes was opened yet; their ids are in the list that the plan names.
    const { code, stdout, stderr } = await company.run('connection', 'reconfigure', 'leaving', ...args, '--at', at)
    assert.equal(code, 0, stdout + stderr)
    assert.equal((await company.run('connection', 'check', '--all')).code, 0)
    assert.equal((await company.run('job', 'refresh-addresses', 'move')).code, 0)
    assert.match((await company.run('job', 'start', 'move')).stdout, /completed/)
  })
})
