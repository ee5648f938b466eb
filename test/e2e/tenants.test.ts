import assert from 'node:assert/strict'
import { mailboxOf } from '../../src/sandbox/exchange/organisation.ts'
import { type Office365Side, office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { type Sandbox, startWorld } from '../../src/sandbox/world.ts'
import type { Workbench } from '../support/vscode/workbench.ts'
import { takePictures } from './pictures.ts'
import { type Stage, setStageBeside } from './stage.ts'
import { createTenantActs, type TenantActs } from './tenantActs.ts'

/** From tenant to tenant: by an application that is registered from the wizard, and an administrator whose domain moves; the cutover goes by its checklist. */
describe('a domain that moves from one tenant to another, in the editor', function () {
  this.timeout(90_000)
  let stage: Stage<Sandbox<Office365Side, Office365Side>>
  let window: Workbench
  let acts: TenantActs
  const picture = takePictures(() => window.page, 'tenants')

  before(async () => {
    const start = () => startWorld({ people: 2, messagesEach: 20 }, office365Side(), office365Side())
    stage = await setStageBeside(start, { profile: { ignoreHTTPSErrors: true } })
    const { leaving } = stage.sandbox
    // As Add-MailboxPermission gives it: what a delegated administrator needs.
    for (const person of leaving.people) person.fullAccess.add(leaving.admin.objectGuid)
    window = await stage.openWindow()
    acts = createTenantActs(window, stage)
    await window.openContainer('Mailferry')
    await window.page.getByRole('button', { name: 'New Source Connection' }).first().waitFor()
  })
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await picture(`failed ${this.currentTest.title}`)
  })
  after(() => stage[Symbol.asyncDispose]())

  it('has its application registered from the wizard, which then works', async () => {
    const { receiving } = stage.sandbox
    await window.run('Mailferry: New Target Connection…')
    await acts.describeTenant('Northwind', receiving)
    await acts.signIn(receiving, 'Sign in and register…')
    await window.panel().getByText('“Mailferry target” is registered').waitFor()
    await picture('registered')
    await acts.test()
    await acts.save('Northwind')
    assert.equal(receiving.tenant.registry.applications.at(-1)?.displayName, 'Mailferry target')
  })

  it('has administrators who sign in by a code: of the tenant’s own domain, and of the one that will move', async () => {
    const { leaving, receiving } = stage.sandbox
    for (const [role, name, side] of [
      ['Target', 'Home', receiving],
      ['Source', 'Fabrikam', leaving],
    ] as const) {
      await window.run(`Mailferry: New ${role} Connection…`)
      await acts.describeTenant(name, side)
      await window
        .panel()
        .getByRole('radio', { name: /^As an administrator/ })
        .click()
      await acts.signIn(side, 'Sign in by a code…')
      await window.panel().getByText(`${side.admin.userPrincipalName} is signed in.`).waitFor()
      await acts.test()
      await acts.save(name)
    }
  })

  it('migrates the mailboxes that the administrator has full access to', async () => {
    await window.run('Mailferry: New Migration Job…')
    await acts.describeJob('Move', 2)
    await window.panel().getByRole('combobox', { name: 'Target connection' }).click()
    await window.panel().getByRole('option', { name: 'Northwind' }).click()
    await acts.save('Move')
    await window.menu(window.row(/^Move/).last(), 'Start')
    await window
      .row(/^Move.*[Cc]ompleted/)
      .last()
      .waitFor({ timeout: 60_000 })
    assert.equal(mailIn(stage.sandbox.receiving), mailIn(stage.sandbox.leaving))
  })

  it('is led through the cutover by its checklist, as far as the move', async () => {
    await window.run('Mailferry: Open Domain Cutover Checklist')
    await acts.stepIs('testConnections', 'done')
    await acts.stepIs('lastDelta', 'done')
    await acts.stepIs('reconfigureSource', 'blocked')
    await picture('before the move')
    stage.sandbox.deliver(1)
    stage.sandbox.moveDomain({ keepReceivingAdmin: true })
    for (const id of [
      'lowerTtl',
      'whoUses',
      'directorySync',
      'renameUsers',
      'removeAddresses',
      'giveAddresses',
      'switchMx',
      'autodiscover',
    ]) {
      await acts.step(id).getByRole('checkbox').click()
      await acts.stepIs(id, 'done')
    }
    await acts
      .step('testConnections')
      .getByRole('button', { name: /^Test connection: Northwind/ })
      .click()
    await acts.stepIs('addDomain', 'done')
    await picture('moved')
  })

  it('declares the change, which concerns the moved administrator and not the application', async () => {
    await acts
      .step('declare')
      .getByRole('button', { name: /^Declare…: Fabrikam/ })
      .click()
    await window.pick('fabrikam.test')
    await window.status('1 stale connection').waitFor()
    await window.page.keyboard.press('Escape')
    await acts.stepIs('declare', 'done')
    await acts.stepIs('reconfigureTarget', 'notNeeded')
    await acts.stepIs('reconfigureSource', 'open')
  })

  it('reconfigures the one it concerns, by signing in anew', async () => {
    await acts
      .step('reconfigureSource')
      .getByRole('button', { name: /^Reconfigure…: Fabrikam/ })
      .click()
    await window
      .tab(/Reconfigure/)
      .first()
      .waitFor()
    await acts.signIn(stage.sandbox.leaving, 'Sign in by a code…')
    await window.panel().getByText('admin@fabrikam.onmicrosoft.com is signed in.').waitFor()
    await window.panel().getByRole('button', { name: 'Reconfigure', exact: true }).click()
    await window
      .tab(/Reconfigure/)
      .first()
      .waitFor({ state: 'detached', timeout: 60_000 })
    await acts.stepIs('reconfigureSource', 'done')
    await acts.stepIs('removeDomain', 'done')
  })

  it('says of the administrator of the tenant’s own domain that it isn’t needed', async () => {
    await window.menu(window.row(/^Home/).first(), 'Reconfigure Connection…')
    await window.panel().getByText('It isn’t needed. Its admin signs in with an onmicrosoft.com address').waitFor()
    await window.panel().getByRole('button', { name: 'Reconfigure anyway' }).waitFor()
    await picture('not needed')
    await window.panel().getByRole('button', { name: 'Cancel', exact: true }).click()
  })

  it('goes on to the checklist’s end: addresses, delta, verification, nothing twice', async () => {
    const { leaving, receiving } = stage.sandbox
    await window.run('Mailferry: Open Domain Cutover Checklist')
    await acts.step('refreshAddresses').getByRole('button').click()
    await window
      .tab(/Email addresses of/)
      .first()
      .waitFor({ timeout: 30_000 })
    await window.run('Mailferry: Open Domain Cutover Checklist')
    await acts.stepIs('refreshAddresses', 'done')
    await acts.step('delta').getByRole('button').click()
    await acts.stepIs('delta', 'done')
    await acts.step('verify').getByRole('button').click()
    await acts.stepIs('verify', 'done')
    await picture('checklist at its end')
    assert.equal(mailIn(receiving), mailIn(leaving))
    assert.equal(await window.panel().locator('[data-state="open"][data-step], [data-state="blocked"][data-step]').count(), 0)
  })
})

/** Messages; the appointments and contacts beside them come over in full fidelity only. */
const mailIn = ({ organisation, people }: Office365Side): number =>
  people
    .flatMap(person => [...(mailboxOf(organisation, person)?.items.values() ?? [])])
    .filter(({ itemClass }) => itemClass.startsWith('IPM.Note')).length
