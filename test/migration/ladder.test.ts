import assert from 'node:assert/strict'
import type { ContentFormat } from '../../src/domain/mail.ts'
import { ladder } from '../../src/migration/openPair.ts'

describe('ladder', () => {
  it('takes the formats that both sides have, the source’s best first', () => {
    assert.deepEqual(ladder(sessionOf(['fts', 'rfc822']), sessionOf(['fts', 'rfc822'])), ['fts', 'rfc822'])
    assert.deepEqual(ladder(sessionOf(['mailboxItem', 'rfc822']), sessionOf(['mailboxItem', 'rfc822'])), ['mailboxItem', 'rfc822'])
    assert.deepEqual(ladder(sessionOf(['fts', 'rfc822']), sessionOf(['rfc822'])), ['rfc822'])
  })

  it('has a rung that is documented by nobody only where the job asks for it', () => {
    const office365 = sessionOf(['mailboxItem', 'rfc822'], ['fts'])
    assert.deepEqual(ladder(sessionOf(['fts', 'rfc822']), office365), ['rfc822'])
    assert.deepEqual(ladder(sessionOf(['fts', 'rfc822']), office365, true), ['fts', 'rfc822'])
    assert.deepEqual(ladder(sessionOf(['rfc822']), office365, true), ['rfc822'])
  })
})

const sessionOf = (formats: readonly ContentFormat[], unproven?: readonly ContentFormat[]) => ({
  traits: { formats, ...(unproven && { unproven }) },
})
