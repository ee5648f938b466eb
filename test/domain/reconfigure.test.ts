import assert from 'node:assert/strict'
import type { ConnectionSettings } from '../../src/domain/connection.ts'
import { asJobId } from '../../src/domain/ids.ts'
import { compareOrganisation } from '../../src/domain/organisation.ts'
import { mayReconfigure, type Reconfiguration, reconfigurationPlan } from '../../src/domain/reconfigure.ts'
import { application, code, connection, exchange, imap, job, office365 } from './build.ts'

const jobs = [job('Move'), job('Move again'), job('Other', 'A', 'B')]
const idle = new Set<never>()
const running = new Set([asJobId('Move again')])

const plan = (settings: ConnectionSettings, busy: ReadonlySet<ReturnType<typeof asJobId>> = idle) => {
  const made = reconfigurationPlan(connection('Old', settings), jobs, busy)
  return made.possible === 'no' ? made : { ...made, jobs: made.jobs.map(({ name }) => name), running: made.running.map(({ name }) => name) }
}

describe('what reconfiguring means', () => {
  it('for Exchange: server and admin may change, for the jobs that use it, those that run being stopped before', () => {
    assert.deepEqual(plan(exchange(), running), {
      possible: 'yes',
      reason: 'The server’s address or the admin account may have changed with the domain.',
      may: ['server', 'admin'],
      mustNot: ['role', 'kind', 'organisation'],
      sameTenantOnly: false,
      jobs: ['Move', 'Move again'],
      running: ['Move again'],
    })
  })

  it('for Office 365: the admin only', () => {
    const made = plan(office365())
    assert.ok(made.possible === 'yes')
    assert.deepEqual([made.may, made.mustNot], [['admin'], ['role', 'kind', 'organisation', 'server']])
  })

  it('for a sign-in that no domain touches: not needed, possible within the tenant', () => {
    for (const settings of [application, office365('admin@contoso.onmicrosoft.com')]) {
      const made = plan(settings)
      assert.ok(made.possible === 'notNeeded' && made.sameTenantOnly)
    }
  })

  it('for IMAP: not possible, with the reason', () => {
    assert.equal(plan(imap()).possible, 'no')
  })
})

describe('a reconfiguration', () => {
  const ask = (
    settings: ConnectionSettings,
    wanted: Partial<Reconfiguration> = {},
    busy: ReadonlySet<ReturnType<typeof asJobId>> = idle,
  ): unknown => code(mayReconfigure(connection('Old', settings), { settings, evidence: 'same', ...wanted }, jobs, busy))

  it('is allowed while jobs use the connection and none of them runs', () => {
    assert.equal(ask(exchange()), undefined)
    assert.equal(ask(exchange(), {}, running), 'job.running')
  })

  it('is refused for IMAP and for another kind', () => {
    assert.equal(ask(imap()), 'reconfigure.impossible')
    assert.equal(ask(exchange(), { settings: office365() }), 'immutable')
  })

  it('is refused for another organisation, whatever the person types', () => {
    assert.equal(ask(exchange(), { evidence: 'different', typedName: 'Old' }), 'organisation.different')
  })

  it('without evidence wants the connection’s name typed', () => {
    assert.equal(ask(exchange(), { evidence: 'unproven' }), 'organisation.unproven')
    assert.equal(ask(exchange(), { evidence: 'unproven', typedName: 'old' }), 'organisation.unproven')
    assert.equal(ask(exchange(), { evidence: 'unproven', typedName: 'Old' }), undefined)
  })

  it('that isn’t needed is done on request only, and never without evidence', () => {
    assert.equal(ask(application), 'reconfigure.impossible')
    assert.equal(ask(application, { anyway: true }), undefined)
    assert.equal(ask(application, { anyway: true, evidence: 'unproven', typedName: 'Old' }), 'organisation.unproven')
  })
})

describe('evidence of the same organisation', () => {
  it('is the tenant id for Office 365', () => {
    assert.equal(compareOrganisation('office365', 'ABC', { organisation: 'abc' }), 'same')
    assert.equal(compareOrganisation('office365', 'ABC', { organisation: 'def' }), 'different')
    assert.equal(compareOrganisation('office365', 'ABC', {}), 'unproven')
  })

  it('is the forest and a known mailbox together for Exchange', () => {
    assert.equal(compareOrganisation('exchange', 'f', { organisation: 'f', knownMailbox: 'same' }), 'same')
    assert.equal(compareOrganisation('exchange', 'f', { organisation: 'g', knownMailbox: 'same' }), 'different')
    assert.equal(compareOrganisation('exchange', 'f', { organisation: 'f' }), 'unproven')
    assert.equal(compareOrganisation('exchange', 'f', { organisation: 'f', knownMailbox: 'different' }), 'unproven')
    assert.equal(compareOrganisation('exchange', 'f', { knownMailbox: 'same' }), 'unproven')
  })

  it('can’t be had for IMAP', () => {
    assert.equal(compareOrganisation('imap', 'a', { organisation: 'a' }), 'unproven')
  })
})
