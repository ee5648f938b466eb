import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { planJsonSchema } from '../../src/rpc/planJsonSchema.ts'

describe('mailferry.schema.json', () => {
  it('is what the plan’s schema gives; `npm run schema` writes it', () => {
    const shipped = readFileSync(new URL('../../mailferry.schema.json', import.meta.url), 'utf8')
    assert.equal(shipped, planJsonSchema())
  })
})
