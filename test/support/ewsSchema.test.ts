import assert from 'node:assert/strict'
import { assertValidSoap, howToGetTheSchema, schemaDirectory } from './ewsSchema.ts'

const soap = (body: string, header = ''): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
    xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`

const getFolder = (shape: string): string =>
  `<m:GetFolder><m:FolderShape><t:BaseShape>${shape}</t:BaseShape></m:FolderShape>
   <m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>`

describe("Microsoft's EWS schema", () => {
  before(function () {
    if (schemaDirectory) return
    console.log(howToGetTheSchema)
    this.skip()
  })

  it('accepts a valid request and a fault', () => {
    assertValidSoap(soap(getFolder('IdOnly'), '<t:RequestServerVersion Version="Exchange2013"/>'))
    assertValidSoap(
      soap(
        '<s:Fault><faultcode>s:Client</faultcode><faultstring>No</faultstring><detail><m:ResponseCode>x</m:ResponseCode></detail></s:Fault>',
      ),
    )
  })

  for (const [what, text] of Object.entries({
    'a value that is none of the enumeration': soap(getFolder('Everything')),
    'an unknown operation': soap('<m:GetEverything/>'),
    'an unknown header': soap(getFolder('IdOnly'), '<t:Version/>'),
    'an element in the wrong place': soap(`${getFolder('IdOnly')}<m:FolderShape/>`),
  })) {
    it(`refuses ${what}`, () => {
      assert.throws(() => assertValidSoap(text), /Not valid against the EWS schema/)
    })
  }
})
