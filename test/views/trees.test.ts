import assert from 'node:assert/strict'
import { asJobId, asPairId } from '../../src/domain/ids.ts'
import { createEmitter } from '../../src/editor/emitter.ts'
import type { JobProgress } from '../../src/rpc/notifications.ts'
import { contextOf } from '../../src/views/contextOf.ts'
import { matches } from '../../src/views/filter.ts'
import { createNodes, nodeId } from '../../src/views/rows/node.ts'
import { createSpeeds } from '../../src/views/speeds.ts'
import { troubleMessage } from '../../src/views/trouble.ts'
import { connection, counts, job, wording } from './build.ts'

const [jobId, pairId] = [asJobId('j'), asPairId('p')]

describe('nodes', () => {
  it('are the same object for the same thing, so that VS Code keeps what is open and selected', () => {
    const node = createNodes()
    assert.equal(node({ type: 'pair', job: jobId, pair: pairId }), node({ type: 'pair', job: jobId, pair: pairId }))
    assert.notEqual(nodeId({ type: 'pair', job: jobId, pair: pairId }), nodeId({ type: 'problem', job: jobId, pair: pairId }))
  })
})

describe('the filter', () => {
  it('wants all its words, in whichever text and case', () => {
    assert.ok(matches('contoso OLD', ['Old Exchange', 'mail.contoso.com']))
    assert.ok(!matches('contoso new', ['Old Exchange', 'mail.contoso.com']))
    assert.ok(matches('', ['anything']))
  })
})

describe('speeds', () => {
  it('are what was added over the last seconds, whatever a count began with', () => {
    let now = 0
    const progress = createEmitter<JobProgress>()
    using speeds = createSpeeds(progress.event, () => now)
    for (const done of [1000, 1040, 1080, 0, 40]) {
      progress.fire({ job: jobId, pair: pairId, phase: 'copy', counts: counts({ done }) })
      now += 1000
    }
    assert.equal(speeds.ofPair(pairId), 24)
    assert.equal(speeds.ofJob(jobId), 24)
  })
})

describe('context keys', () => {
  it('follow from what is defined, and are all false without an engine', () => {
    const all = { connections: [connection()], jobs: [job({ wanted: 'run' })] }
    const on = (state: Parameters<typeof contextOf>[0]['state']) =>
      contextOf({ ...all, state }).flatMap(([key, value]) => (value ? [key] : []))
    assert.deepEqual(on({ state: 'running', pid: 1 }), [
      'mailferry.ready',
      'mailferry.hasConnections',
      'mailferry.hasSource',
      'mailferry.hasJobs',
      'mailferry.jobsGoOn',
    ])
    assert.deepEqual(on({ state: 'failed', reason: { code: 'internal', params: { detail: '' } } }), ['mailferry.failed'])
  })
})

describe('without an engine', () => {
  it('the views say why, and what to do', () => {
    const reason = { code: 'ledger.network', params: { path: '/net/ledger.db', fileSystem: 'nfs' } } as const
    assert.match(troubleMessage(wording, { state: 'failed', reason }) ?? '', /nfs/)
    assert.equal(troubleMessage(wording, { state: 'running', pid: 1 }), undefined)
  })
})
