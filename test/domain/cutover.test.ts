import assert from 'node:assert/strict'
import type { Connection } from '../../src/domain/connection.ts'
import { checklist } from '../../src/domain/cutover/checklist.ts'
import type { ConnectionFacts, CutoverFacts, JobFacts } from '../../src/domain/cutover/facts.ts'
import type { StepId } from '../../src/domain/cutover/step.ts'
import { application, connection, exchange, imap, office365, recorded, stale } from './build.ts'

const now = '2026-06-10T12:00:00.000Z'
const declaredAt = '2026-06-10T10:00:00.000Z'
const reconfiguredAt = '2026-06-10T11:00:00.000Z'
const afterwards = '2026-06-10T11:30:00.000Z'

const of = (one: Connection, more: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  connection: one,
  running: [],
  users: [],
  formerUsers: 0,
  ...more,
})
const source = connection('Old', exchange())
const target = connection('New', application, { role: 'target' })
const move: JobFacts = {
  name: 'Move',
  source: 'Old',
  target: 'New',
  policy: 'changes',
  cutOver: false,
  pairs: 2,
  completed: 2,
  oldest: '2026-06-10T09:00:00.000Z',
}
const facts = (more: Partial<CutoverFacts> = {}): CutoverFacts => ({
  domain: 'old.example',
  now,
  sources: [of(source, { users: ['anna@old.example'] })],
  targets: [of(target)],
  jobs: [move],
  ticks: {},
  ...more,
})
const step = (id: StepId, more: Partial<CutoverFacts> = {}) => {
  const found = checklist(facts(more)).find(one => one.id === id)
  assert.ok(found)
  return found
}
const state = (id: StepId, more: Partial<CutoverFacts> = {}) => step(id, more).state

describe('a cutover’s steps', () => {
  it('come in the order in which they are done', () => {
    const phases = checklist(facts()).map(({ phase }) => phase)
    assert.deepEqual([...new Set(phases)], ['before', 'move', 'after'])
    assert.deepEqual(
      phases,
      phases.toSorted((a, b) => ['before', 'move', 'after'].indexOf(a) - ['before', 'move', 'after'].indexOf(b)),
    )
  })

  it('say what to do for the kinds of servers on both sides, with the known traps', () => {
    const cloud = { sources: [of(connection('Old', office365()))] }
    assert.match(step('removeDomain', cloud).how.join('\n'), /forceDelete.*1,000[\s\S]*disableUserAccounts is true unless/)
    assert.doesNotMatch(step('removeDomain').how.join('\n'), /forceDelete/)
    assert.match(step('removeAddresses').how.join('\n'), /email address policies first/)
    assert.match(step('autodiscover').how.join('\n'), /AutoDiscoverServiceInternalUri[\s\S]*autodiscover\.old\.example/)
    assert.equal(state('directorySync'), 'notNeeded')
    assert.equal(state('directorySync', cloud), 'open')
  })
})

describe('before the move', () => {
  it('a connection is tested once something is recorded of it', () => {
    assert.equal(state('testConnections'), 'done')
    assert.equal(
      state('testConnections', { targets: [of(connection('New', application, { verification: { state: 'unverified' } }))] }),
      'open',
    )
  })

  it('the last delta is done when every mailbox was through within a day of the move', () => {
    assert.equal(state('lastDelta'), 'done')
    assert.equal(state('lastDelta', { jobs: [{ ...move, completed: 1 }] }), 'open')
    const old = { jobs: [{ ...move, oldest: '2026-06-08T09:00:00.000Z' }] }
    assert.equal(state('lastDelta', old), 'open')
    // The move began right after it; that it is weeks ago now changes nothing.
    const then = { ...old, sources: [of(source, { declaredAt: '2026-06-08T10:00:00.000Z' })] }
    assert.equal(state('lastDelta', then), 'done')
  })

  it('the lifetime of MX is what DNS says, else what a person says', () => {
    assert.equal(state('lowerTtl'), 'unknown')
    assert.equal(state('lowerTtl', { ticks: { lowerTtl: { at: now } } }), 'done')
    assert.equal(state('lowerTtl', { live: { mx: { hosts: ['mx'], ttl: 300 } } }), 'done')
    assert.equal(state('lowerTtl', { live: { mx: { hosts: ['mx'], ttl: 86_400 } }, ticks: { lowerTtl: { at: now } } }), 'open')
    assert.equal(state('lowerTtl', { live: {} }), 'unknown')
  })

  it('who uses the domain is listed, for a person to read, until nobody does', () => {
    const before = step('whoUses', { sources: [of(source, { users: ['anna@old.example'], others: ['sales@old.example'] })] })
    assert.equal(before.state, 'open')
    assert.match(before.parts[0]?.detail ?? '', /^2 with .*: anna@old\.example; in no job: sales@old\.example$/)
    assert.equal(state('whoUses', { ticks: { whoUses: { at: now } } }), 'done')
    assert.equal(state('whoUses', { sources: [of(source, { formerUsers: 2 })] }), 'done')
    assert.equal(state('whoUses', { sources: [of(source)] }), 'notNeeded')
  })
})

describe('the move', () => {
  it('has removed the domain when a verification no longer finds it accepted, or a person said so since', () => {
    assert.equal(state('removeDomain'), 'open')
    const without = { state: 'verified', recorded: { ...recorded, acceptedDomains: ['interim.example'] } } as const
    assert.equal(state('removeDomain', { sources: [of(connection('Old', exchange(), { verification: without }))] }), 'done')
    assert.equal(state('removeDomain', { ticks: { removeDomain: { at: now } } }), 'done')
    assert.equal(state('removeDomain', { ticks: { removeDomain: { at: '2025-12-31T00:00:00.000Z' } } }), 'open')
    const { acceptedDomains: _, ...silent } = recorded
    assert.equal(
      state('removeDomain', { sources: [of(connection('Old', imap(), { verification: { state: 'verified', recorded: silent } }))] }),
      'unknown',
    )
  })

  it('has switched MX when it leads to the target and no longer to the source, where hosts tell', () => {
    const mx = (host: string, more: Partial<CutoverFacts> = {}) => state('switchMx', { ...more, live: { mx: { hosts: [host] } } })
    assert.equal(mx('old-example.mail.protection.outlook.com'), 'done')
    assert.equal(mx('ex.example'), 'open')
    assert.equal(mx('filter.example'), 'unknown')
    assert.equal(mx('old-example.mail.protection.outlook.com', { sources: [of(connection('Old', office365()))] }), 'unknown')
  })
})

describe('after the move', () => {
  const reconfigured = of(source, { declaredAt, reconfiguredAt })

  it('a change is declared for those it concerns; the others say why not', () => {
    const before = step('declare')
    assert.equal(before.state, 'open')
    assert.deepEqual(
      before.parts.map(part => [part.subject, part.state]),
      [
        ['Old', 'open'],
        ['New', 'notNeeded'],
      ],
    )
    assert.match(before.parts[1]?.detail ?? '', /signs in as an application/)
    assert.equal(state('declare', { sources: [of(source, { declaredAt })] }), 'done')
    assert.equal(state('declare', { sources: [of(connection('Old', exchange(), { verification: { state: 'unverified' } }))] }), 'blocked')
  })

  it('a stale connection is to be reconfigured, unless its jobs still run', () => {
    const old = connection('Old', exchange(), { verification: stale })
    assert.equal(state('reconfigureSource'), 'blocked')
    assert.equal(state('reconfigureSource', { sources: [of(old, { declaredAt })] }), 'open')
    assert.equal(state('reconfigureSource', { sources: [of(old, { declaredAt, running: ['Move'] })] }), 'blocked')
    assert.equal(state('reconfigureSource', { sources: [reconfigured] }), 'done')
    assert.equal(state('reconfigureTarget'), 'notNeeded')
  })

  it('an admin who got an onmicrosoft.com name was reconfigured, though nothing can touch it from now on', () => {
    const now = connection('Old', office365('admin@old.onmicrosoft.com'), { verification: { state: 'verified', recorded } })
    const cloud = { sources: [of(now, { foundStaleAt: declaredAt, reconfiguredAt })] }
    assert.deepEqual([state('declare', cloud), state('reconfigureSource', cloud)], ['done', 'done'])
    assert.equal(state('reconfigureSource', { sources: [of(now)] }), 'notNeeded')
  })

  it('a declaration after a reconfiguration asks for another one', () => {
    const again = of(connection('Old', exchange(), { verification: stale }), { declaredAt: afterwards, reconfiguredAt })
    assert.equal(state('reconfigureSource', { sources: [again] }), 'open')
  })

  it('jobs go on in order: refreshed, then a delta, then compared', () => {
    const ids = ['refreshAddresses', 'delta', 'verify'] as const
    const states = (more: Partial<CutoverFacts>) => ids.map(id => state(id, more))
    assert.deepEqual(states({}), ['blocked', 'blocked', 'blocked'])
    assert.deepEqual(states({ sources: [of(connection('Old', exchange(), { verification: stale }), { declaredAt })] }), [
      'blocked',
      'blocked',
      'blocked',
    ])
    const sources = [reconfigured]
    assert.deepEqual(states({ sources }), ['open', 'open', 'blocked'])
    const refreshed = { ...move, refreshed: { at: afterwards, unsure: 0 } }
    assert.deepEqual(states({ sources, jobs: [refreshed] }), ['done', 'open', 'blocked'])
    const carried = { ...refreshed, oldest: afterwards }
    assert.deepEqual(states({ sources, jobs: [carried] }), ['done', 'done', 'open'])
    assert.deepEqual(states({ sources, jobs: [{ ...carried, verified: { at: afterwards, different: 0 } }] }), ['done', 'done', 'done'])
    assert.deepEqual(states({ sources, jobs: [{ ...carried, verified: { at: afterwards, different: 1 } }] }), ['done', 'done', 'open'])
  })

  it('a refresh that didn’t find everybody isn’t done', () => {
    assert.equal(
      state('refreshAddresses', { sources: [reconfigured], jobs: [{ ...move, refreshed: { at: afterwards, unsure: 1 } }] }),
      'open',
    )
  })

  it('where no connection is concerned, jobs go on from the day a person says that mail is switched', () => {
    const sources = [of(connection('Old', imap()))]
    assert.equal(state('delta', { sources }), 'blocked')
    const ticks = { switchMx: { at: reconfiguredAt } }
    assert.equal(state('delta', { sources, ticks }), 'open')
    assert.equal(state('delta', { sources, ticks, jobs: [{ ...move, oldest: afterwards }] }), 'done')
  })

  it('mirroring ends where there is any', () => {
    assert.equal(state('endMirroring'), 'notNeeded')
    assert.equal(state('endMirroring', { jobs: [{ ...move, policy: 'mirror' }] }), 'open')
    assert.equal(state('endMirroring', { jobs: [{ ...move, policy: 'mirror', cutOver: true }] }), 'done')
  })
})
