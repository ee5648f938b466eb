import assert from 'node:assert/strict'
import { setPrimaryAddress } from '../../../src/sandbox/exchange/directory.ts'
import { addPerson } from '../../../src/sandbox/exchange/organisation.ts'
import { all, ask, createCompany, first, textsOf } from '../../support/ews.ts'
import { resolveNames } from '../../support/ewsRequests.ts'

const findPeople = (query: string): string =>
  `<m:FindPeople><m:IndexedPageItemView MaxEntriesReturned="10" Offset="0" BasePoint="Beginning"/><m:ParentFolderId><t:DistinguishedFolderId Id="directory"/></m:ParentFolderId>${query && `<m:QueryString>${query}</m:QueryString>`}</m:FindPeople>`

describe('people by EWS', () => {
  it('are found by name, any address, and legacyExchangeDN, today and after their address changed', async () => {
    const company = createCompany()
    const { anna } = company
    const dn = anna.legacyExchangeDN
    for (const entry of ['Anna', 'albr', 'a.albrecht@fabrikam.example', 'smtp:anna@fabrikam.example', dn, dn.toUpperCase()]) {
      assert.deepEqual(textsOf((await ask(company, resolveNames(entry))).body, 'EmailAddress'), ['anna@fabrikam.example'], entry)
    }
    setPrimaryAddress(anna, 'anna@contoso.example', { dropOld: true })
    assert.deepEqual(textsOf((await ask(company, resolveNames(dn))).body, 'EmailAddress'), ['anna@contoso.example'])
    assert.deepEqual((await ask(company, resolveNames('anna@fabrikam.example'))).codes, ['ErrorNameResolutionNoResults'])
  })

  it('are an ambiguous answer when there are several, and a hundred of them at most', async () => {
    const company = createCompany()
    for (let number = 0; number < 120; number++) {
      addPerson(company.organisation, {
        displayName: `Miller ${number}`,
        primarySmtpAddress: `miller${number}@fabrikam.example`,
        password: 'x',
      })
    }
    const { body, codes } = await ask(company, resolveNames('Miller', true))
    assert.deepEqual(codes, ['ErrorNameResolutionMultipleResults'])
    assert.equal(all(body, 'Resolution').length, 100)
    assert.equal(first(body, 'ResolutionSet').attributes['IncludesLastItemInRange'], 'false')
  })

  it('who are hidden appear by their DN alone', async () => {
    const company = createCompany()
    company.anna.hiddenFromAddressLists = true
    assert.deepEqual((await ask(company, resolveNames('Anna'))).codes, ['ErrorNameResolutionNoResults'])
    assert.deepEqual((await ask(company, resolveNames(company.anna.legacyExchangeDN))).codes, ['NoError'])
    assert.deepEqual(textsOf((await ask(company, findPeople('An'))).body, 'Persona'), [])
  })

  it('are not to be browsed', async () => {
    const company = createCompany()
    assert.deepEqual((await ask(company, findPeople(''))).codes, ['ErrorInvalidRequest'])
    const { body } = await ask(company, findPeople('ber'))
    assert.deepEqual(
      all(body, 'Persona').map(one => first(one, 'DisplayName').text),
      ['Bernd Baum'],
    )
  })
})
