import assert from 'node:assert/strict'
import type { Verification } from '../../src/domain/connection.ts'
import { connectionRow } from '../../src/views/rows/connectionRow.ts'
import { roleRow } from '../../src/views/rows/roleRow.ts'
import { connection, credentialsNeeded, endingIn, exchangeSettings, imapSettings, stale, unreachable, verified, wording } from './build.ts'

const rowOf = (more: Parameters<typeof connection>[0]) => connectionRow(wording, connection(more))
const inState = (verification: Verification) => rowOf({ settings: exchangeSettings, verification })

describe('a connection’s row', () => {
  it('says server, admin account and what is wrong', () => {
    assert.equal(inState(verified).description, 'mail.contoso.com · mover@contoso.com')
    assert.equal(inState(stale).description, 'stale · mail.contoso.com · mover@contoso.com')
    assert.equal(rowOf({}).description, 'not verified · imap.old.example:993 · each mailbox by its password')
  })

  it('has the picture of its kind when all is well, and else the sign of what is wrong', () => {
    assert.deepEqual(
      [verified, { state: 'unverified' } as const, stale, credentialsNeeded, unreachable].map(state => inState(state).icon),
      [
        { picture: 'exchange' },
        { symbol: 'question', color: 'disabledForeground' },
        { symbol: 'warning', color: 'list.warningForeground' },
        { symbol: 'key', color: 'list.warningForeground' },
        { symbol: 'debug-disconnect', color: 'list.errorForeground' },
      ],
    )
  })

  it('warns of a certificate that ends soon, first of all, and says in the tooltip until when it is good', () => {
    const row = inState(endingIn(12))
    assert.equal(row.description, 'its certificate ends on 13 Jan 2026, 12:00 · mail.contoso.com · mover@contoso.com')
    assert.deepEqual([row.icon, row.attention], [{ symbol: 'key', color: 'list.warningForeground' }, 'warning'])
    assert.match(row.tooltip ?? '', /Renew Certificate has the application renew it/)
    assert.match(row.tooltip ?? '', /Good until \| 13 Jan 2026/)
    assert.equal(inState(endingIn(31)).attention, undefined)
    assert.match(inState(endingIn(-3)).description ?? '', /^its certificate has ended/)
  })

  it('offers to reconfigure what can be, and no IMAP connection', () => {
    assert.deepEqual(inState(stale).tokens, ['connection', 'reconfigurable', 'stale'])
    assert.deepEqual(rowOf({ settings: imapSettings, verification: credentialsNeeded }).tokens, ['connection', 'credentialsNeeded'])
  })

  it('opens where jobs use it', () => {
    assert.equal(rowOf({ usedBy: ['Move'] }).children, 'collapsed')
    assert.equal(rowOf({ usedBy: [] }).children, 'none')
  })

  it('tells in its tooltip what was recorded, when, and who uses it', () => {
    const tooltip =
      connectionRow(wording, connection({ settings: exchangeSettings, verification: stale, usedBy: ['A', 'B', 'C', 'D', 'E', 'F'] }))
        .tooltip ?? ''
    for (const part of [
      '| Role | Source |',
      '| Organisation | forest\\-1 |',
      'contoso\\.com, contoso\\.net',
      '31 Dec 2025',
      'A, B, C, D, E and 1 more',
    ]) {
      assert.ok(tooltip.includes(part), `${part} in ${tooltip}`)
    }
    assert.match(tooltip, /Stale since .* The admin account has another address now/)
  })

  it('lets no name become Markdown', () => {
    const tooltip = rowOf({ name: '[x](command:evil) <img src=y> | **bold**\n# head', verification: verified }).tooltip ?? ''
    assert.doesNotMatch(tooltip, /\[x\]\(|[^\\]<img|^# head/m)
    assert.ok(tooltip.startsWith('**\\[x\\]\\(command\\:evil\\) \\<img src=y\\> \\| \\*\\*bold\\*\\* \\# head**'))
  })

  it('is said to a screen reader with its kind, state and jobs', () => {
    assert.equal(inState(stale).spoken, 'Old, Exchange, stale · mail.contoso.com · mover@contoso.com, no job')
  })
})

describe('a group of servers', () => {
  it('counts what needs attention', () => {
    const row = roleRow(wording, 'target', [connection({ verification: stale }), connection({ verification: verified })])
    assert.equal(row.label, 'Target servers')
    assert.equal(row.description, '2, 1 needs attention')
    assert.equal(row.attention, 'warning')
  })
})
