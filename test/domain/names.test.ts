import assert from 'node:assert/strict'
import fc from 'fast-check'
import { MailferryError } from '../../src/domain/errors.ts'
import { checkName, longestName, nameKey, refuseTaken } from '../../src/domain/names.ts'

const refusal = (kind: 'connection' | 'job', text: string): MailferryError | undefined => {
  const checked = checkName(kind, text)
  return checked instanceof MailferryError ? checked : undefined
}

describe('names', () => {
  it('lose the white space around them', () => {
    assert.equal(checkName('job', '  Move to the cloud \n'), 'Move to the cloud')
  })

  it('are not empty', () => {
    for (const text of ['', ' ', '\t\n']) assert.equal(refusal('connection', text)?.code, 'name.empty')
  })

  it('have at most a hundred characters, as people count them', () => {
    assert.equal(checkName('job', '📮'.repeat(longestName)), '📮'.repeat(longestName))
    assert.deepEqual(refusal('job', 'x'.repeat(longestName + 1))?.params, { kind: 'job', name: 'x'.repeat(101), length: 101, limit: 100 })
  })

  it('of jobs have none of the characters that file systems forbid', () => {
    for (const character of '\\/:*?<>|"') {
      assert.deepEqual(refusal('job', `a${character}b`)?.params, { kind: 'job', name: `a${character}b`, characters: character })
      assert.equal(checkName('connection', `a${character}b`), `a${character}b`)
    }
  })

  it('have no control characters', () => {
    for (const kind of ['job', 'connection'] as const) assert.equal(refusal(kind, 'a\u0000b\u0007c')?.code, 'name.forbidden')
  })

  it('that differ only in case or composition are the same', () => {
    assert.equal(nameKey('Büro'), nameKey('BU\u0308RO'))
    const { code, params } = refuseTaken('connection', 'OLD', ['New', 'Old']) ?? {}
    assert.deepEqual([code, params], ['name.taken', { kind: 'connection', name: 'Old' }])
    assert.equal(refuseTaken('connection', 'Older', ['Old']), undefined)
  })

  it('that pass once pass again, unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('job', 'connection'), (text, kind) => {
        const checked = checkName(kind, text)
        if (typeof checked === 'string') assert.equal(checkName(kind, checked), checked)
      }),
    )
  })
})
