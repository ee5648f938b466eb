import assert from 'node:assert/strict'
import { ewsCountdown } from '../../../src/servers/office365/ews/legacy.ts'

describe('the end of EWS in Exchange Online', () => {
  for (const [today, words] of [
    ['2026-11-26T12:00:00Z', /ends it for all tenants on 2027-04-01, in 126 days/],
    ['2027-03-31T00:00:00Z', /in 1 day:/],
    ['2027-04-01T00:00:00Z', /ended it for all tenants on 2027-04-01: leave "ews" out/],
  ] as const)
    it(`is told on ${today.slice(0, 10)}`, () => assert.match(ewsCountdown(Date.parse(today)), words))
})
