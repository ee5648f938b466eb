import assert from 'node:assert/strict'
import type { ExchangeSettings, Recorded } from '../../src/domain/connection.ts'
import { provenSettings } from '../../src/engine/reconfigure/provenSettings.ts'

const settings: ExchangeSettings = {
  kind: 'exchange',
  server: { by: 'autodiscover', domain: 'fabrikam.test' },
  admin: { user: 'admin@fabrikam-old.test', method: 'ntlm', access: 'impersonation' },
}
const recorded: Recorded = { at: '', organisation: 'forest', address: 'https://mail.fabrikam.test/EWS/Exchange.asmx' }

describe('what a reconfiguration is proved with', () => {
  it('is the recorded address where none was given, so that Autodiscover is shown no secret', () => {
    assert.deepEqual(provenSettings(settings, recorded, false), { ...settings, server: { by: 'url', url: recorded.address } })
  })

  it('is what a person gave, or what there is where nothing was recorded', () => {
    assert.equal(provenSettings(settings, recorded, true), settings)
    assert.equal(provenSettings(settings, undefined, false), settings)
  })
})
