import assert from 'node:assert/strict'
import { MailferryError, remedyOf } from '../../src/domain/errors.ts'
import { errorCodes } from '../../src/domain/errorText.ts'
import { packError } from '../../src/rpc/packError.ts'
import { unpackError } from '../../src/rpc/packedError.ts'
import { sampleErrors } from '../domain/sampleErrors.ts'

const acrossTheChannel = (thrown: unknown): MailferryError => unpackError(JSON.parse(JSON.stringify(packError(thrown))))

describe('an error between processes', () => {
  for (const code of errorCodes) {
    it(`${code} arrives with its parameters and its remedy`, () => {
      const arrived = acrossTheChannel(new MailferryError(code, sampleErrors[code]))
      assert.deepEqual([arrived.code, arrived.params, arrived.remedy], [code, sampleErrors[code], remedyOf(code)])
    })
  }

  it('that is none of ours arrives as internal', () => {
    const arrived = acrossTheChannel(new TypeError('x is undefined'))
    assert.deepEqual([arrived.code, arrived.params], ['internal', { detail: 'TypeError: x is undefined' }])
  })

  it('that is none at all is a damaged channel', () => {
    for (const data of [undefined, null, 'boom', { code: 'no.such', params: {} }, { code: 'usage' }])
      assert.equal(unpackError(data).code, 'engine.channel')
  })
})
