import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { decodeWords } from '../../src/domain/encodedWords.ts'

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

describe('a header’s encoded words', () => {
  it('are decoded in both encodings and any charset, and the space between two of them is left out', () => {
    assert.equal(decodeWords('=?ISO-8859-1?Q?a_b=E4?= =?utf-8?b?w7w=?= x =?utf-8*de?q?y?='), 'a bäü x y')
  })

  it('that split a character between them are decoded together', () => {
    assert.equal(decodeWords('=?utf-8?Q?=C3?= =?utf-8?Q?=BC?='), 'ü')
  })

  it('are left as they are where they are none', () => {
    for (const text of ['=?utf-8?X?abc?=', '=?utf-8?Q?open', 'a = b ?= c', '']) assert.equal(decodeWords(text), text)
  })

  it('give what was encoded, and raw UTF-8 what it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const word = `=?UTF-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`
        fc.pre(!text.includes('=?') && text.isWellFormed() && !text.startsWith('\ufeff'))
        assert.equal(decodeWords(word), text)
        assert.equal(decodeWords(latin1(text)), text)
      }),
    )
  })
})
