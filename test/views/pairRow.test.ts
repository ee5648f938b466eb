import assert from 'node:assert/strict'
import { asEngineId } from '../../src/domain/ids.ts'
import type { PairState, StoredError } from '../../src/domain/pair.ts'
import { moreRow, pairRow, problemRow } from '../../src/views/rows/pairRow.ts'
import { counts, pair, running, wording } from './build.ts'

const busy: StoredError = { code: 'server.busy', params: { host: 'mail.contoso.com', response: 'later' } }
const held: StoredError = { code: 'pair.deletionsHeld', params: { deletions: 1200, items: 4000 } }
const full: StoredError = { code: 'mailbox.full', params: { mailbox: 'anna', response: 'over quota' } }

const said = (state: PairState, more = counts(), perSecond = 0) => pairRow(wording, pair({ state, counts: more }), perSecond).description

describe('a mailbox’s row', () => {
  it('tells how far a running one is, and how fast', () => {
    assert.equal(said(running, counts({ items: 1980, done: 1240 }), 12), 'copying · 62% · 1,240 of 1,980 messages · 12 msg/s')
    assert.equal(said({ state: 'running', phase: 'plan', owner: asEngineId('engine'), epoch: 1 }), 'planning')
  })

  it('tells why it waits, and until when', () => {
    assert.equal(said({ state: 'waiting', for: 'server', until: '2026-01-01T14:05:00Z', error: busy }), 'throttled until 14:05')
    assert.equal(said({ state: 'waiting', for: 'server', until: '2026-01-02T14:05:00Z', error: busy }), 'throttled until 2 Jan 2026, 14:05')
    assert.equal(
      said({ state: 'waiting', for: 'credentials', error: { code: 'secret.missing', params: { connection: 'Old' } } }),
      'waiting for credentials',
    )
    assert.equal(said({ state: 'waiting', for: 'person', error: held }), '1,200 deletions wait for your decision')
  })

  it('shows whom or what it waits for', () => {
    const icon = (state: PairState) => pairRow(wording, pair({ state }), 0).icon
    assert.deepEqual(icon({ state: 'waiting', for: 'server', error: busy }), { symbol: 'clock' })
    assert.deepEqual(icon({ state: 'waiting', for: 'person', error: held }), { symbol: 'person', color: 'list.warningForeground' })
  })

  it('tells both addresses only where they differ', () => {
    const row = (target: string) => pairRow(wording, pair({ target: { address: target } }), 0)
    assert.equal(row('anna@old.example').spoken, 'anna@old.example, not started')
    assert.equal(row('anna@new.example').spoken, 'anna@old.example, not started → anna@new.example')
  })

  it('has what is wrong below it, with what to do', () => {
    const failed = pair({ state: { state: 'failed', error: full } })
    assert.equal(pairRow(wording, failed, 0).children, 'collapsed')
    assert.match(problemRow(wording, failed).label, /anna/)
    assert.equal(
      problemRow(wording, pair({ state: { state: 'completedWithDifferences', at: '2026-01-01T00:00:00Z', differences: 3 } })).label,
      '3 messages differ',
    )
  })

  it('offers to allow deletions only where they are held', () => {
    const tokens = (state: PairState) => pairRow(wording, pair({ state }), 0).tokens
    assert.deepEqual(tokens({ state: 'waiting', for: 'person', error: held }), ['pair', 'startable', 'ran', 'deletionsHeld'])
    assert.deepEqual(tokens({ state: 'new' }), ['pair', 'startable'])
    assert.deepEqual(tokens(running), ['pair', 'ran'])
  })

  it('calls for a person only where one has to act', () => {
    const attention = (state: PairState) => pairRow(wording, pair({ state }), 0).attention
    assert.equal(attention({ state: 'waiting', for: 'server', error: busy }), undefined)
    assert.equal(attention({ state: 'waiting', for: 'person', error: held }), 'warning')
    assert.equal(attention({ state: 'failed', error: full }), 'error')
  })

  it('stands for the mailboxes that aren’t read yet', () => {
    assert.equal(moreRow(wording, 4800).label, 'Show 4,800 more mailboxes')
  })
})
