import assert from 'node:assert/strict'
import fc from 'fast-check'
import { inComment, literal } from '../../../src/domain/powershell/literal.ts'
import { evaluate } from '../../support/powershell.ts'

const hostile = [
  "O'Brien",
  '$(Remove-Item *)',
  '`"; exit #',
  '’; Remove-Item * #',
  '‘‚‛',
  'Müller',
  '\r\n}',
  '😀',
  'a\u0000b',
  "'",
  '',
  '\uD800',
  '1+1',
]

describe('a PowerShell literal', () => {
  it('evaluates to its text and nothing else, whatever is in that', () => {
    for (const text of hostile) assert.equal(evaluate(literal(text)), text)
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => evaluate(literal(text)) === text))
  })

  it('is the same script in every code page', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => /^[\x20-\x7E]*$/.test(literal(text))))
  })

  it('is readable where the text is plain', () => {
    assert.equal(literal('anna@contoso.com'), "'anna@contoso.com'")
    assert.equal(literal('Jörg'), "('' + 'J' + [char]0x00F6 + 'rg')")
  })
})

describe('a text in a comment', () => {
  it('can’t end it', () => {
    assert.equal(inComment('Move\r\nRemove-Item *\u2028x'), 'Move??Remove-Item *?x')
  })
})
