import assert from 'node:assert/strict'
import { type MailboxPurpose, type MailboxState, userBy } from '../../../src/sandbox/office365/tenant.ts'
import { never } from '../imap/support.ts'
import { tenantScene } from './tenantScene.ts'

describe('an Office 365 mailbox, before mail is moved to it', () => {
  const findingsIn = async (state: MailboxState, purpose: MailboxPurpose = 'user') => {
    await using here = await tenantScene()
    const anna = userBy(here.org.tenant, 'anna@contoso.test')
    assert.ok(anna)
    Object.assign(anna, { state, purpose })
    await using server = here.serverOf({ role: 'target' })
    const found = await server.resolve({ address: 'anna@contoso.test' }, never)
    assert.ok(found.found === 'one')
    return (await server.readiness?.(found.mailbox, never)) ?? []
  }

  it('says what is there, and which lines show what Graph doesn’t tell', async () => {
    const findings = await findingsIn('ready')
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
      (await findingsIn('unlicensed')).map(({ about, state }) => [about, state]),
      [['licence', 'blocking']],
    )
    const [finding] = await findingsIn('onPremisesGuid')
    assert.deepEqual([finding?.about, finding?.state], ['provisioning', 'blocking'])
    assert.match(finding?.look ?? '', /ExchangeGuid/)
  })

  it('tells shared and room mailboxes from a person’s, which is lost without a licence', async () => {
    const told = async (...of: Parameters<typeof findingsIn>) =>
      (await findingsIn(...of))
        .filter(({ about, state }) => (about === 'mailbox' || about === 'licence') && state !== 'fine')
        .map(({ state, detail }) => `${state}: ${detail}`)
    const needsNone = 'note: no licence with Exchange Online; shared and room mailboxes need none below 50 GB'
    assert.deepEqual(await told('ready'), [])
    assert.deepEqual(await told('ready', 'shared'), ['note: there is a mailbox (shared)', needsNone])
    assert.deepEqual(await told('ready', 'room'), ['note: there is a mailbox (room)', needsNone])
    assert.deepEqual(await told('licenceRemoved'), [
      'attention: no licence with Exchange Online any more: the mailbox of a person is deleted 30 days after it was taken away',
    ])
  })
})
