import assert from 'node:assert/strict'
import { trustOf } from '../../src/servers/tls/trust.ts'

describe('trust', () => {
  it('shares one context among connections that trust the same, for it holds the system’s whole store', () => {
    assert.equal(trustOf({})(), trustOf({})())
    assert.notEqual(trustOf({})(), trustOf({ allowOldTls: true })())
  })
})
