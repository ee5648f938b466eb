import assert from 'node:assert/strict'
import { jobRow, useRow } from '../../src/views/rows/jobRow.ts'
import { counts, job, wording } from './build.ts'

describe('a job’s row', () => {
  it('tells a running job’s mailboxes, share and speed', () => {
    const running = job({
      wanted: 'run',
      states: { running: 2, completed: 12, queued: 26 },
      counts: counts({ items: 1000, done: 630, filtered: 5 }),
    })
    assert.equal(jobRow(wording, running, 42.4).description, 'running · 12 of 40 mailboxes · 22% · 42 msg/s')
  })

  it('doesn’t say 100 % before everything is through', () => {
    const nearly = job({ wanted: 'run', states: { running: 1 }, counts: counts({ items: 100_000, done: 99_999 }) })
    assert.equal(jobRow(wording, nearly, 0).description, 'running · 1 mailbox · 99%')
  })

  it('counts mailboxes that haven’t begun as not through, for nothing of them is known', () => {
    const begun = job({ wanted: 'run', states: { completed: 1, queued: 3 }, counts: counts({ items: 100, done: 100 }) })
    assert.match(jobRow(wording, begun, 0).description ?? '', / 25%/)
    const planned = job({ wanted: 'run', states: { completed: 4, running: 2 }, counts: counts({ items: 100, done: 100 }) })
    assert.match(jobRow(wording, planned, 0).description ?? '', / 83%/)
  })

  it('tells what waits and what failed', () => {
    const row = jobRow(wording, job({ wanted: 'run', states: { waiting: 2, failed: 1, completed: 3 } }), 0)
    assert.equal(row.description, 'waiting · 3 of 6 mailboxes · 2 waiting · 1 failed')
    assert.equal(row.attention, 'error')
  })

  it('offers only what works in its state', () => {
    const tokens = (more: Parameters<typeof job>[0]) => jobRow(wording, job(more), 0).tokens
    assert.deepEqual(tokens({}), ['job'])
    assert.deepEqual(tokens({ states: { new: 3 } }), ['job', 'startable'])
    assert.deepEqual(tokens({ wanted: 'run', states: { running: 1 } }), ['job', 'stoppable', 'ran'])
    assert.deepEqual(tokens({ wanted: 'stop', states: { running: 1 } }), ['job', 'startable', 'ran'])
    assert.deepEqual(tokens({ wanted: 'run', states: { completed: 1 } }), ['job', 'startable', 'ran'])
    assert.deepEqual(tokens({ wanted: 'run', states: { waiting: 1 } }), ['job', 'startable', 'stoppable', 'ran'])
  })

  it('leads to the job where it stands below a connection', () => {
    const row = useRow(wording, job({ states: { completed: 3 } }))
    assert.deepEqual([row.label, row.description, row.click], ['Move', 'completed', 'showJob'])
  })
})
