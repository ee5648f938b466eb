import assert from 'node:assert/strict'
import { outcomeOf } from '../../src/editor/outcomes.ts'

describe('a job comes to rest', () => {
  it('only when nothing of it runs or is queued', () => {
    assert.equal(outcomeOf({ pairs: 3, states: { completed: 2, running: 1 } }), undefined)
    assert.equal(outcomeOf({ pairs: 3, states: { completed: 2, queued: 1 } }), undefined)
    assert.equal(outcomeOf({ pairs: 3, states: { completed: 2, waiting: 1 } }, 1), undefined)
    assert.equal(outcomeOf({ pairs: 3, states: { new: 3 } }), undefined)
  })

  it('with the worst of what its mailboxes came to', () => {
    assert.equal(outcomeOf({ pairs: 2, states: { completed: 2 } }), 'completed')
    assert.equal(outcomeOf({ pairs: 2, states: { completed: 1, completedWithDifferences: 1 } }), 'completedWithDifferences')
    assert.equal(outcomeOf({ pairs: 2, states: { completed: 1, stopped: 1 } }), 'stopped')
    assert.equal(outcomeOf({ pairs: 2, states: { stopped: 1, waiting: 1 } }), 'waitsForPerson')
    assert.equal(outcomeOf({ pairs: 2, states: { waiting: 1, failed: 1 } }), 'failed')
  })
})
