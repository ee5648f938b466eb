import assert from 'node:assert/strict'
import { compareIncarnation } from '../../src/domain/incarnation.ts'

describe('a mailbox', () => {
  it('is the same store while its incarnation is', () => {
    assert.equal(compareIncarnation({ stored: '7', found: '7' }), 'same')
  })

  it('is unknown before anything was recorded, or where the server can’t tell', () => {
    assert.equal(compareIncarnation({ stored: undefined, found: '7' }), 'unknown')
    assert.equal(compareIncarnation({ stored: '7', found: undefined }), 'unknown')
  })

  it('was replaced where neither incarnation nor any folder is what it was', () => {
    assert.equal(compareIncarnation({ stored: '7', found: '8' }), 'replaced')
    assert.equal(
      compareIncarnation({
        stored: '7',
        found: '8',
        folders: [
          { stored: '1', found: '2' },
          { stored: '3', found: undefined },
        ],
      }),
      'replaced',
    )
  })

  it('is the same where only INBOX was rebuilt', () => {
    assert.equal(
      compareIncarnation({
        stored: '7',
        found: '8',
        folders: [
          { stored: '1', found: '2' },
          { stored: '3', found: '3' },
        ],
      }),
      'same',
    )
  })

  it('is the same where most of a sample of its items is still there', () => {
    assert.equal(compareIncarnation({ stored: '7', found: '8', sample: { sought: 10, found: 6 } }), 'same')
    assert.equal(compareIncarnation({ stored: '7', found: '8', sample: { sought: 10, found: 5 } }), 'replaced')
    assert.equal(compareIncarnation({ stored: '7', found: '8', sample: { sought: 0, found: 0 } }), 'replaced')
  })
})
