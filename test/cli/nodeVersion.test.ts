import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { tooOld } from '../../src/cli/nodeVersion.ts'

describe('starting with an older Node', () => {
  it('is refused with the version that is there and the one that is needed', () => {
    assert.match(tooOld('20.20.2') ?? '', /needs Node 24 or later, and this is 20\.20\.2/)
  })

  it('is nothing to speak of from Node 24 on', () => {
    assert.deepEqual(['24.0.0', '24.21.0', '26.10.0'].map(tooOld), [undefined, undefined, undefined])
  })
})
