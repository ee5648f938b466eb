import assert from 'node:assert/strict'
import { journalLines } from '../../src/commands/support/journalLines.ts'
import { wording } from '../views/build.ts'

const line = (what: string, detail?: Record<string, unknown>) => ({
  id: 1,
  at: '2026-01-01T12:00:00Z',
  who: 'anna@pc',
  subject: 'id',
  name: 'Old',
  what,
  ...(detail && { detail }),
})

describe('the journal', () => {
  it('tells when, who, what, old → new, the evidence and the jobs of a reconfigured connection', () => {
    const settings = (host: string) => ({ kind: 'exchange', server: { by: 'host', host }, admin: { user: 'mover@contoso.com' } })
    const detail = {
      from: settings('old.contoso.com'),
      to: settings('new.contoso.com'),
      organisation: { recorded: 'forest', found: 'forest' },
      evidence: 'same',
      newSecret: true,
      jobs: ['Move'],
    }
    assert.deepEqual(journalLines(wording, line('connection.reconfigured', detail)), [
      '- 1 Jan 2026, 12:00, anna@pc: “Old” was reconfigured.',
      '  - server.host: old.contoso.com → new.contoso.com',
      '  - Evidence: the server leads to the same organisation, forest.',
      '  - With a new secret.',
      '  - Jobs that use it: Move',
    ])
    const [, , evidence] = journalLines(wording, line('connection.reconfigured', { ...detail, evidence: 'unproven' }))
    assert.match(evidence ?? '', /took the responsibility/)
  })

  it('shows an entry of a newer Mailferry as it is', () => {
    assert.deepEqual(journalLines(wording, line('job.blessed', { by: 'nobody' })), [
      '- 1 Jan 2026, 12:00, anna@pc: job.blessed: Old',
      '  - by: nobody',
    ])
  })

  it('names what is gone by what the entry says', () => {
    const { name: _name, ...gone } = line('connection.deleted', { name: 'Former' })
    assert.deepEqual(journalLines(wording, gone), ['- 1 Jan 2026, 12:00, anna@pc: Connection “Former” was deleted.'])
  })
})
