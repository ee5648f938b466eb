import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Connection, ConnectionSettings, Role, Verification } from '../../src/domain/connection.ts'
import { declared } from '../../src/domain/domainChange.ts'
import { asConnectionId, asJobId, type JobId } from '../../src/domain/ids.ts'
import { mayChange, mayDelete } from '../../src/domain/inUse.ts'
import type { Job } from '../../src/domain/job.ts'
import { refuseEmpty, wrongConnections } from '../../src/domain/jobChecks.ts'
import { refuseTaken } from '../../src/domain/names.ts'
import { compareOrganisation, type OrganisationEvidence } from '../../src/domain/organisation.ts'
import { mayReconfigure } from '../../src/domain/reconfigure.ts'
import { mayOperate } from '../../src/domain/staleGate.ts'
import { connection, exchange, imap, job, office365, pair, recorded } from './build.ts'

/** Everything an administrator has, as the ledger would; `truth` is what a connection's settings really lead to. */
interface World {
  readonly connections: ReadonlyMap<string, Connection>
  readonly jobs: ReadonlyMap<string, Job>
  readonly running: ReadonlySet<JobId>
}

type Wish =
  | { readonly wish: 'add'; readonly name: string; readonly role: Role; readonly settings: ConnectionSettings }
  | { readonly wish: 'change'; readonly name: string; readonly to: string; readonly settings: ConnectionSettings }
  | { readonly wish: 'delete'; readonly name: string }
  | { readonly wish: 'job'; readonly job: string; readonly source: string; readonly target: string }
  | { readonly wish: 'dropJob'; readonly job: string }
  | { readonly wish: 'start' | 'stop'; readonly job: string }
  | { readonly wish: 'declare'; readonly name: string }
  | { readonly wish: 'reconfigure'; readonly name: string; readonly settings: ConnectionSettings }

/** Which organisation settings lead to: for this model their host or domain says it, and a moved host leads to the same one. */
const truth = (settings: ConnectionSettings): string => {
  if (settings.kind === 'imap') return settings.server.host
  if (settings.kind === 'office365')
    return settings.signIn.method === 'admin' ? (settings.signIn.user.split('@')[0] ?? '') : settings.signIn.tenant
  return settings.server.by === 'host' ? (settings.server.host.split('.')[0] ?? '') : settings.server.by
}

const verifiedAs = (settings: ConnectionSettings): Verification => ({
  state: 'verified',
  recorded: { ...recorded, organisation: truth(settings) },
})

const evidenceFor = ({ settings }: Connection, wanted: ConnectionSettings): OrganisationEvidence =>
  compareOrganisation(settings.kind, truth(settings), { organisation: truth(wanted), knownMailbox: 'same' })

const free = (all: ReadonlyMap<string, { readonly name: string }>, kind: 'connection' | 'job', name: string, except?: string): boolean =>
  refuseTaken(
    kind,
    name,
    [...all.entries()].filter(([id]) => id !== except).map(([, { name: other }]) => other),
  ) === undefined

const put = <Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> =>
  new Map([...map, [key, value]])
const without = <Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> =>
  new Map([...map].filter(([other]) => other !== key))

/** Grants a wish if the rules allow it. */
const grant = (world: World, wish: Wish): World => {
  const { connections, jobs, running } = world
  const all = [...jobs.values()]
  switch (wish.wish) {
    case 'add': {
      if (connections.has(wish.name) || !free(connections, 'connection', wish.name)) return world
      const made = connection(wish.name, wish.settings, { role: wish.role, verification: verifiedAs(wish.settings) })
      return { ...world, connections: put(connections, wish.name, made) }
    }
    case 'change': {
      const before = connections.get(wish.name)
      if (before === undefined || !free(connections, 'connection', wish.to, wish.name)) return world
      const after = { ...before, name: wish.to, settings: wish.settings }
      return mayChange(before, after, all) === undefined ? { ...world, connections: put(connections, wish.name, after) } : world
    }
    case 'delete': {
      const before = connections.get(wish.name)
      return before === undefined || mayDelete(before, all) !== undefined
        ? world
        : { ...world, connections: without(connections, wish.name) }
    }
    case 'job': {
      const made = job(wish.job, wish.source, wish.target)
      const known = new Map([...connections].map(([id, one]) => [asConnectionId(id), one]))
      if (jobs.has(wish.job) || wrongConnections(made, known).length > 0) return world
      return { ...world, jobs: put(jobs, wish.job, made) }
    }
    case 'dropJob':
      return running.has(asJobId(wish.job)) ? world : { ...world, jobs: without(jobs, wish.job) }
    case 'start': {
      const one = jobs.get(wish.job)
      if (one === undefined || refuseEmpty(one, [pair('a')]) !== undefined || mayOperate('start', one, connections.values()) !== undefined)
        return world
      return { ...world, running: new Set([...running, one.id]) }
    }
    case 'stop':
      return { ...world, running: new Set([...running].filter(id => id !== asJobId(wish.job))) }
    case 'declare': {
      const before = connections.get(wish.name)
      const verification = before && declared(before.verification, 'old.example', recorded.at)
      return before === undefined || verification === undefined
        ? world
        : { ...world, connections: put(connections, wish.name, { ...before, verification }) }
    }
    case 'reconfigure': {
      const before = connections.get(wish.name)
      if (before === undefined) return world
      const refusal = mayReconfigure(
        before,
        { settings: wish.settings, evidence: evidenceFor(before, wish.settings), anyway: true },
        all,
        running,
      )
      if (refusal !== undefined) return world
      return {
        ...world,
        connections: put(connections, wish.name, { ...before, settings: wish.settings, verification: verifiedAs(wish.settings) }),
      }
    }
  }
}

const name = fc.constantFrom('A', 'B', 'C')
const jobName = fc.constantFrom('Move', 'Again')
const settings = fc.constantFrom<ConnectionSettings>(
  imap(),
  imap({ fingerprint: 'ab' }),
  imap({ port: 143 }),
  imap({ host: 'imap.other' }),
  exchange({ by: 'host', host: 'one.old.example' }),
  exchange({ by: 'host', host: 'one.interim.example' }),
  exchange({ by: 'host', host: 'two.old.example' }),
  office365('one@old.example'),
  office365('one@interim.example'),
  office365('two@old.example'),
)
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ wish: fc.constant('add' as const), name, role: fc.constantFrom('source' as const, 'target' as const), settings }),
  fc.record({ wish: fc.constant('change' as const), name, to: fc.constantFrom('A', 'a', 'B', 'D'), settings }),
  fc.record({ wish: fc.constant('delete' as const), name }),
  fc.record({ wish: fc.constant('job' as const), job: jobName, source: name, target: name }),
  fc.record({ wish: fc.constant('dropJob' as const), job: jobName }),
  fc.record({ wish: fc.constantFrom('start' as const, 'stop' as const), job: jobName }),
  fc.record({ wish: fc.constant('declare' as const), name }),
  fc.record({ wish: fc.constant('reconfigure' as const), name, settings }),
)
/** Begins with two connections and a job, so that there is something to ask about. */
const wishes = fc
  .tuple(settings, settings, fc.array(wish, { minLength: 20, maxLength: 60, size: 'max' }))
  .map(([source, target, more]): Wish[] => [
    { wish: 'add', name: 'A', role: 'source', settings: source },
    { wish: 'add', name: 'B', role: 'target', settings: target },
    { wish: 'job', job: 'Move', source: 'A', target: 'B' },
    ...more,
  ])
const nothing: World = { connections: new Map(), jobs: new Map(), running: new Set() }

/** Every world on the way, with the one before it. */
const steps = (all: readonly Wish[]): readonly (readonly [World, World])[] => {
  let world = nothing
  return all.map(one => {
    const before = world
    world = grant(world, one)
    return [before, world] as const
  })
}

const used = (world: World, id: string): boolean => [...world.jobs.values()].some(one => one.source === id || one.target === id)

describe('whatever an administrator asks for', () => {
  it('every job has its connections, each on its side', () => {
    fc.assert(
      fc.property(wishes, all => {
        for (const [, { connections, jobs }] of steps(all)) {
          for (const one of jobs.values()) {
            assert.equal(connections.get(one.source)?.role, 'source')
            assert.equal(connections.get(one.target)?.role, 'target')
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('no connection changes its organisation while a job uses it, nor ever its role or kind', () => {
    fc.assert(
      fc.property(wishes, all => {
        for (const [before, after] of steps(all)) {
          for (const [id, { role, settings: now }] of after.connections) {
            const old = before.connections.get(id)
            if (old === undefined) continue
            assert.deepEqual([role, now.kind], [old.role, old.settings.kind])
            if (used(before, id)) assert.equal(truth(now), truth(old.settings))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('nothing but the display name and trust changes about a connection while a job of it runs', () => {
    fc.assert(
      fc.property(wishes, all => {
        for (const [before, after] of steps(all)) {
          for (const one of before.jobs.values()) {
            if (!before.running.has(one.id)) continue
            for (const id of [one.source, one.target]) {
              const [old, now] = [before.connections.get(id)?.settings, after.connections.get(id)?.settings]
              if (old?.kind !== 'imap' || now?.kind !== 'imap') assert.deepEqual(now, old)
              else assert.deepEqual({ ...now.server, fingerprint: '' }, { ...old.server, fingerprint: '' })
            }
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('no job begins to run on a stale connection', () => {
    fc.assert(
      fc.property(wishes, all => {
        for (const [before, after] of steps(all)) {
          for (const id of after.running) {
            const one = after.jobs.get(id)
            if (before.running.has(id) || one === undefined) continue
            for (const side of [one.source, one.target]) assert.notEqual(after.connections.get(side)?.verification.state, 'stale')
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('no two connections have one name', () => {
    fc.assert(
      fc.property(wishes, all => {
        for (const [, { connections }] of steps(all)) {
          const names = [...connections.values()].map(one => one.name.toLowerCase())
          assert.equal(new Set(names).size, names.length)
        }
      }),
    )
  })

  it('much of it is granted, so that these laws say something', () => {
    const granted = fc.sample(wishes, { numRuns: 100, seed: 1 }).flatMap(all => {
      const changed = steps(all).map(([before, after]) => before !== after)
      return all.filter((_, at) => changed[at]).map(one => one.wish)
    })
    for (const kind of ['add', 'change', 'delete', 'job', 'dropJob', 'start', 'stop', 'declare', 'reconfigure']) {
      assert.ok(granted.filter(other => other === kind).length > 5, kind)
    }
  })
})
