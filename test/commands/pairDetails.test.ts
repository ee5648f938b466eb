import assert from 'node:assert/strict'
import { pairDetailLines } from '../../src/commands/support/pairDetailLines.ts'
import type { PairDetails } from '../../src/rpc/results.ts'
import { counts, pair, wording } from '../views/build.ts'

const message = (size: number) => ({
  folder: ['INBOX', '2019'],
  state: 'filtered',
  size,
  received: '2019-05-01T10:00:00Z',
  attempts: 0,
  reason: 'tooOld',
})
const refused = { code: 'item.rejected', params: { response: 'no thanks' } } as const

const details = (more: Partial<PairDetails>): PairDetails => ({
  ...pair({
    state: { state: 'completedWithDifferences', at: '2026-01-01T12:00:00Z', differences: 3 },
    counts: counts({ items: 10, done: 7 }),
  }),
  job: 'Move',
  folders: [],
  items: [],
  more: false,
  ...more,
})

describe('all that is known of a mailbox', () => {
  it('has its messages by reason, each told by its place, date and size', () => {
    const text = pairDetailLines(wording, details({ items: [message(1000), message(2000), { ...message(3000), error: refused }] })).join(
      '\n',
    )
    assert.match(
      text,
      /## 2 messages: received before the filters begin\n\n- INBOX\/2019, 1 May 2019, 10:00, 1 kB\n- INBOX\/2019, 1 May 2019, 10:00, 2 kB/,
    )
    assert.match(text, /## 1 message: .*no thanks/)
  })

  it('has only the folders that something is to be said of, and says so where there is more', () => {
    const folders = [
      { source: ['INBOX'], target: ['INBOX'] },
      { source: ['Junk'], excluded: 'folderExcluded' },
    ]
    const text = pairDetailLines(wording, details({ folders, items: [message(1)], more: true })).join('\n')
    assert.match(text, /## Folders\n\n- Junk: the filters leave this folder out\n\n/)
    assert.doesNotMatch(text, /INBOX:/)
    assert.match(text, /These are the first 1;/)
  })
})
