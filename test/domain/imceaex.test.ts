import assert from 'node:assert/strict'
import fc from 'fast-check'
import { decodeImceaex, encodeImceaex } from '../../src/domain/imceaex.ts'

describe('an IMCEAEX address', () => {
  const dn = '/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=4f1c-Anna.Berg'
  const address =
    'IMCEAEX-_o=Contoso_ou=Exchange+20Administrative+20Group+20+28FYDIBOHF23SPDLT+29_cn=Recipients_cn=4f1c-Anna+2EBerg@contoso.com'

  it('is made of a legacyExchangeDN and its domain', () => {
    assert.equal(encodeImceaex(dn, 'contoso.com'), address)
  })

  it('is found in a non-delivery report, whatever the case of its letters', () => {
    assert.equal(decodeImceaex(`Delivery has failed to these recipients:\n\n  <${address}>\n  550 5.1.1`), dn)
    assert.equal(decodeImceaex('imceaex-_O=X_cn=a+2eb@contoso.com'), '/O=X/cn=a.b')
  })

  it('isn’t guessed where it was cut or damaged', () => {
    for (const text of [
      '',
      'anna@contoso.com',
      'IMCEAFAX-12@contoso.com',
      'IMCEAEX-_o=X_cn=a+2@contoso.com',
      'IMCEAEX-_o=+FF@contoso.com',
      'IMCEAEX-_o=X',
    ]) {
      assert.equal(decodeImceaex(text), undefined, text)
    }
  })

  it('gives back every name that was put into it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), text => decodeImceaex(encodeImceaex(text, 'contoso.com')) === text),
    )
  })
})
