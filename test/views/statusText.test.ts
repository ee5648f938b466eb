import assert from 'node:assert/strict'
import { connectionsBadge, jobsBadge } from '../../src/views/attention.ts'
import { statusOf } from '../../src/views/statusText.ts'
import { office365Settings } from '../support/webview/office365.ts'
import { connection, credentialsNeeded, endingIn, exchangeSettings, job, stale, verified, wording } from './build.ts'

const exchange = { settings: exchangeSettings, verification: stale } as const
const goesOn = job({ wanted: 'run', states: { running: 3, queued: 2 } })

describe('the status bar', () => {
  it('is silent when there is nothing to say', () => {
    const idle = { connections: [connection({ verification: verified })], jobs: [job({ states: { completed: 3 } })], perSecond: 0 }
    assert.equal(statusOf(wording, idle), undefined)
  })

  it('tells how many mailboxes run, and how fast', () => {
    const status = statusOf(wording, { connections: [], jobs: [goesOn], perSecond: 42 })
    assert.deepEqual([status?.text, status?.warning, status?.click], ['$(sync~spin) 3 mailboxes · 42 msg/s', false, 'showJobs'])
  })

  it('puts stale connections before all else, with a click that leads to them', () => {
    const connections = [connection({ ...exchange, name: 'A' }), connection({ ...exchange, name: 'B' })]
    const status = statusOf(wording, { connections, jobs: [goesOn], perSecond: 42 })
    assert.deepEqual([status?.text, status?.warning, status?.click], ['$(warning) 2 stale connections', true, 'showStaleConnections'])
    assert.match(status?.tooltip ?? '', /A, B/)
  })

  it('asks for credentials by the connection’s name', () => {
    const status = statusOf(wording, { connections: [connection({ verification: credentialsNeeded })], jobs: [goesOn], perSecond: 42 })
    assert.deepEqual([status?.text, status?.click], ['$(key) Old needs credentials', 'enterCredentials'])
  })
})

describe('the status bar about a sign-in that ends soon', () => {
  const statusWith = (days: number, jobs: readonly (typeof goesOn)[]) =>
    statusOf(wording, { connections: [connection({ verification: endingIn(days) })], jobs, perSecond: 0 })

  it('says so, with a click to enter a new one', () => {
    const status = statusWith(20, [])
    assert.deepEqual([status?.text, status?.warning, status?.click], ['$(key) Old: its sign-in ends soon', true, 'enterCredentials'])
  })

  it('leads to the renewal where the application itself can do it', () => {
    const renewable = [connection({ settings: office365Settings, verification: endingIn(20) })]
    const status = statusOf(wording, { connections: renewable, jobs: [], perSecond: 0 })
    assert.deepEqual(
      [status?.tooltip, status?.click],
      ['A certificate ends soon: Old. Click to have the application renew it.', 'renewCertificate'],
    )
  })

  it('says so beside running jobs in its last week only', () => {
    assert.match(statusWith(20, [goesOn])?.text ?? '', /3 mailboxes/)
    assert.match(statusWith(7, [goesOn])?.text ?? '', /ends soon/)
  })
})

describe('the badges', () => {
  it('count what calls for a person, and are absent where nothing does', () => {
    assert.deepEqual(connectionsBadge(wording, [connection(exchange), connection()]), { value: 1, tooltip: '1 connection needs attention' })
    assert.deepEqual(jobsBadge(wording, [job({ states: { failed: 1 } }), job({ states: { waiting: 2 } }), job()]), {
      value: 2,
      tooltip: '2 jobs need attention',
    })
    assert.equal(jobsBadge(wording, [job()]), undefined)
  })
})
