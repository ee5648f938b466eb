import assert from 'node:assert/strict'
import { type MailboxState, userBy } from '../../../src/sandbox/office365/tenant.ts'
import { never } from '../imap/support.ts'
import { tenantScene } from './tenantScene.ts'

describe('an Office 365 mailbox, before mail is moved to it', () => {
  const blocking = async (state: MailboxState) => {
    await using here = await tenantScene()
    const anna = userBy(here.org.tenant, 'anna@contoso.test')
    assert.ok(anna)
    anna.state = state
    await using server = here.serverOf({ role: 'target' })
    const found = await server.resolve({ address: 'anna@contoso.test' }, never)
    assert.ok(found.found === 'one')
    return (await server.readiness?.(found.mailbox, never)) ?? []
  }

  it('says what is there, and which lines show what Graph doesn’t tell', async () => {
    const findings = await blocking('ready')
    assert.deepEqual(
      findings.filter(({ state }) => state === 'blocking'),
      [],
    )
    assert.equal(findings.find(({ about }) => about === 'mailbox')?.state, 'fine')
    const retention = findings.find(({ about }) => about === 'archivePolicy')
    assert.match(retention?.look ?? '', /RetentionHoldEnabled/)
    for (const finding of findings.filter(({ state }) => state === 'notExamined')) assert.ok(finding.look?.includes("'anna@contoso.test'"))
  })

  it('names a missing licence, and a mailbox that will never be made', async () => {
    assert.deepEqual(
      (await blocking('unlicensed')).map(({ about, state }) => [about, state]),
      [['licence', 'blocking']],
    )
    const [finding] = await blocking('onPremisesGuid')
    assert.deepEqual([finding?.about, finding?.state], ['provisioning', 'blocking'])
    assert.match(finding?.look ?? '', /ExchangeGuid/)
  })
})
