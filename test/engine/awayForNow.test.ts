import assert from 'node:assert/strict'
import { MailferryError } from '../../src/domain/errors.ts'
import { awayForNow } from '../../src/engine/awayForNow.ts'
import type { PairOutcome } from '../../src/migration/context.ts'

const failed = (error: MailferryError): PairOutcome => ({ result: 'failed', error })
const codeOf = (outcome: PairOutcome): string => (outcome.result === 'failed' ? outcome.error.code : outcome.result)

const odd = [
  new MailferryError('host.notFound', { host: 'h' }),
  new MailferryError('host.notImap', { host: 'h', port: 993, detail: 'no greeting' }),
  new MailferryError('tls.handshake', { host: 'h', port: 993, reason: 'reset' }),
]

describe('a server without name, greeting or handshake', () => {
  it('is waited for once it was reached', () => {
    for (const error of odd) assert.equal(codeOf(awayForNow(failed(error), true)), 'server.dropped')
  })

  it('is a wrong setting before', () => {
    for (const error of odd) assert.equal(codeOf(awayForNow(failed(error), false)), error.code)
  })

  it('is nothing else’s excuse', () => {
    const refused = failed(new MailferryError('signIn.refused', { host: 'h', user: 'u', response: '' }))
    assert.equal(codeOf(awayForNow(refused, true)), 'signIn.refused')
    assert.equal(codeOf(awayForNow({ result: 'completed' }, true)), 'completed')
  })
})
