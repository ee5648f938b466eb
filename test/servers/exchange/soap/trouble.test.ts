import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { remedyOf } from '../../../../src/domain/errors.ts'
import type { XmlNode } from '../../../../src/servers/exchange/soap/node.ts'
import { type Meaning, meaningfulCodes, meaningOf } from '../../../../src/servers/exchange/soap/responseCodes.ts'
import { createSoapReader } from '../../../../src/servers/exchange/soap/soapReader.ts'
import { troubleOfCode, troubleOfMessage } from '../../../../src/servers/exchange/soap/trouble.ts'
import { errorOfTrouble } from '../../../../src/servers/exchange/soap/troubleError.ts'
import { schemaDirectory } from '../../../support/ewsSchema.ts'

const context = {
  host: 'mail.example',
  connection: 'Old',
  mailbox: 'ann@corp.example',
  admin: 'admin',
  operation: 'CreateItem',
  folder: 'a/b',
  size: 9,
}

const readMessage = (soap: string): XmlNode => {
  const messages: XmlNode[] = []
  const reader = createSoapReader({ root() {}, version() {}, content() {}, message: message => messages.push(message) })
  reader.write(Buffer.from(`<s:Envelope xmlns:s="s" xmlns:m="m" xmlns:t="t"><s:Body>${soap}</s:Body></s:Envelope>`))
  const [message] = messages
  assert.ok(message)
  return message
}

const error = (code: string, xml = '') =>
  `<m:R><m:ResponseMessages><m:M ResponseClass="Error"><m:MessageText>Subject: secret</m:MessageText><m:ResponseCode>${code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>${xml && `<m:MessageXml>${xml}</m:MessageXml>`}</m:M></m:ResponseMessages></m:R>`

describe('what Exchange says is wrong', () => {
  const expected: Readonly<Record<Meaning, string>> = {
    busy: 'server.busy',
    tooManyConnections: 'server.tooManyConnections',
    timeout: 'server.busy',
    transient: 'server.busy',
    notTried: 'server.busy',
    itemGone: 'server.refused',
    folderGone: 'folder.gone',
    syncStateLost: 'server.refused',
    conflict: 'server.refused',
    mailboxFull: 'mailbox.full',
    itemTooLarge: 'item.tooLarge',
    requestTooLarge: 'item.tooLarge',
    itemBroken: 'item.rejected',
    actAsDenied: 'permission.actAs',
    noMailbox: 'mailbox.notFound',
    otherServer: 'mailbox.elsewhere',
    passwordExpired: 'signIn.expired',
    accountDisabled: 'signIn.locked',
    noOperation: 'server.refused',
  }

  for (const code of meaningfulCodes) {
    it(`${code} is an error of ours that names the thing and repeats no content`, () => {
      const trouble = troubleOfMessage(readMessage(error(code)))
      assert.ok(trouble)
      const made = errorOfTrouble(context, trouble)
      const meaning = meaningOf(code)
      assert.ok(meaning)
      assert.equal(made.code, expected[meaning])
      assert.doesNotMatch(JSON.stringify(made.params), /secret/)
    })
  }

  it('knows only codes that exist', function () {
    if (schemaDirectory === undefined) this.skip()
    const schema = readFileSync(join(schemaDirectory, 'messages.xsd'), 'utf8')
    for (const code of meaningfulCodes) assert.ok(schema.includes(`value="${code}"`), code)
  })

  it('tries again by itself only what passes by itself', () => {
    const remedies = (codes: readonly string[]) => codes.map(code => remedyOf(errorOfTrouble(context, troubleOfCode(code)).code))
    assert.deepEqual(remedies(['ErrorServerBusy', 'ErrorTimeoutExpired', 'ErrorMailboxMoveInProgress']), [
      'transient',
      'transient',
      'transient',
    ])
    assert.deepEqual(remedies(['ErrorQuotaExceeded', 'ErrorImpersonateUserDenied', 'ErrorNonExistentMailbox']), [
      'person',
      'person',
      'person',
    ])
  })

  it('of a code it does not know, names the operation and the code', () => {
    const made = errorOfTrouble(context, troubleOfCode('ErrorOfTomorrow'))
    assert.deepEqual(
      [made.code, made.params],
      ['server.refused', { host: 'mail.example', command: 'CreateItem', response: 'ErrorOfTomorrow' }],
    )
  })

  it('calls an item that is read unreadable, and one that is written rejected', () => {
    const trouble = troubleOfCode('ErrorItemCorrupt')
    assert.equal(errorOfTrouble({ ...context, operation: 'GetItem' }, trouble).code, 'item.unreadable')
    assert.equal(errorOfTrouble(context, trouble).code, 'item.rejected')
  })

  const backOff = '<t:Value Name="BackOffMilliseconds">4321</t:Value>'

  it('finds how long a busy server wants to be left alone', () => {
    assert.deepEqual(troubleOfMessage(readMessage(error('ErrorServerBusy', backOff))), {
      code: 'ErrorServerBusy',
      meaning: 'busy',
      backOffMs: 4321,
    })
  })

  it('finds the busy server inside an internal error', () => {
    const inner = `<t:Value Name="InnerErrorResponseCode">ErrorServerBusy</t:Value>${backOff}`
    assert.deepEqual(troubleOfMessage(readMessage(error('ErrorInternalServerError', inner))), {
      code: 'ErrorServerBusy',
      meaning: 'busy',
      backOffMs: 4321,
    })
  })

  it('reads a SOAP fault', () => {
    const fault = `<s:Fault><faultcode xmlns:a="t">a:ErrorServerBusy</faultcode><faultstring xml:lang="en-US">The server cannot service this request right now.</faultstring><detail><e:ResponseCode xmlns:e="e">ErrorServerBusy</e:ResponseCode><e:Message xmlns:e="e">busy</e:Message><t:MessageXml>${backOff}</t:MessageXml></detail></s:Fault>`
    assert.deepEqual(troubleOfMessage(readMessage(fault)), { code: 'ErrorServerBusy', meaning: 'busy', backOffMs: 4321 })
  })

  it('takes the fault code where a fault has no details', () => {
    assert.equal(
      troubleOfMessage(readMessage('<s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault>'))?.code,
      'Client',
    )
  })
})
