import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { flagsOnWire, parseFlags } from '../../../../src/servers/imap/wire/flags.ts'
import { keywordFromWire, keywordOnWire } from '../../../../src/servers/imap/wire/keywords.ts'

describe('a keyword on the wire', () => {
  it('is itself where it is an atom', () => {
    for (const keyword of ['$Forwarded', 'Work', 'a+b=c', "it's", '=foo', '&AOQ-']) assert.equal(keywordOnWire(keyword), keyword)
  })

  it('stands for a text that is none, as categories are', () => {
    assert.equal(keywordOnWire('Red Category'), '=Red=20Category')
    assert.equal(keywordOnWire('Büro'), '=B=C3=BCro')
    assert.equal(keywordOnWire('(50%)'), '==2850=25=29')
    assert.deepEqual(parseFlags(flagsOnWire(['\\Seen', 'Red Category', 'Work'])), ['Red Category', 'Work', '\\Seen'])
  })

  it('comes back as what it was, whatever it is', () => {
    const texts = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ unit: fc.constantFrom('=', '2', '0', '4', '1', 'A', ' ', 'ü', '(') }),
    )
    fc.assert(
      fc.property(texts, text => {
        const word = keywordOnWire(text)
        fc.pre(text !== '' && text.isWellFormed() && word !== undefined)
        assert.match(word ?? '', /^[\x21-\x7e]+$/)
        assert.doesNotMatch(word ?? '', /[(){%*"\\\]]/)
        assert.equal(keywordFromWire(word ?? ''), text)
      }),
      { numRuns: 2000 },
    )
  })

  it('that a server has for itself is written back as it was', () => {
    const atoms = fc.string({ unit: fc.constantFrom('=', '2', '0', '4', '1', 'a', 'C', '3', 'B'), minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(atoms, word => {
        const back = keywordOnWire(keywordFromWire(word))
        assert.equal(back?.toUpperCase(), word.toUpperCase())
      }),
      { numRuns: 2000 },
    )
  })

  it('is left out where its stand-in would be longer than servers take', () => {
    assert.equal(keywordOnWire('ü'.repeat(20)), undefined)
    assert.equal(flagsOnWire(['Work', 'ü'.repeat(20)]), 'Work')
  })
})
