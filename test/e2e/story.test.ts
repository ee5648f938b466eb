import assert from 'node:assert/strict'
import { mailboxOf } from '../../src/sandbox/exchange/organisation.ts'
import type { SandboxSide } from '../../src/sandbox/world.ts'
import { until } from '../support/engine.ts'
import type { Workbench } from '../support/vscode/workbench.ts'
import { type Acts, createActs } from './acts.ts'
import { takePictures } from './pictures.ts'
import { type Stage, setStage } from './stage.ts'

/** What a person does first: two connections, a job, a migration; then the domain moves, and everything goes on after both were reconfigured. */
describe('a domain that moves under a migration, in the editor', function () {
  this.timeout(120_000)
  let stage: Stage
  let window: Workbench
  let acts: Acts
  const picture = takePictures(() => window.page)

  before(async () => {
    stage = await setStage({ sandbox: { people: 3, messagesEach: 120 } })
    window = await stage.openWindow()
    acts = createActs(window, stage.sandbox)
  })
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await picture(`failed ${this.currentTest.title}`)
  })
  after(() => stage[Symbol.asyncDispose]())

  /** Fills the wizard in for one side, trusts its certificates by the fingerprint, and saves once everything is ticked. */
  async function connect(name: string, side: SandboxSide): Promise<void> {
    await acts.describeSide(name, side)
    await picture(`wizard of ${name}, filled in`)
    await acts.test(side)
    await picture(`wizard of ${name}, tested`)
    await acts.save(name)
  }

  it('begins with a welcome', async () => {
    await window.openContainer('Mailferry')
    await window.page.getByRole('button', { name: 'New Source Connection' }).first().waitFor()
    await picture('welcome')
  })

  it('has its source and target defined and tested in the wizard', async () => {
    await window.run('Mailferry: New Source Connection…')
    await connect('Fabrikam', stage.sandbox.leaving)
    await window.run('Mailferry: New Target Connection…')
    await connect('Northwind', stage.sandbox.receiving)
    await picture('connections')
  })

  it('gets a job with mailboxes from a file', async () => {
    await window.run('Mailferry: New Migration Job…')
    await acts.describeJob('Move', 3)
    await picture('job wizard')
    await acts.save('Move')
  })

  it('keeps a connection that the job uses from being edited, and names the job', async () => {
    await window.run('Mailferry: Edit Connection…')
    await window.pick('Fabrikam')
    await window.dialog.getByText(/Move/).first().waitFor()
    for (const button of ['Show jobs', 'Reconfigure…']) await window.dialog.getByRole('button', { name: button, exact: true }).waitFor()
    await picture('refused edit')
    await window.press('Cancel')
  })

  it('runs, with its progress in the tree, and is completed', async () => {
    await window.menu(window.row(/^Move/).last(), 'Start')
    await window
      .row(/^Move.*3 of 3|^Move.*[Cc]ompleted/)
      .last()
      .waitFor({ timeout: 90_000 })
    await picture('migrated')
  })

  it('is the same in a second window', async () => {
    const second = await stage.openWindow()
    await second.openContainer('Mailferry')
    await second.row(/^Move/).last().waitFor()
    await second.page.close()
  })

  it('warns in the status bar when the domain has moved', async () => {
    // Comes in time to be left on the source.
    stage.sandbox.deliver(2)
    stage.sandbox.moveDomain()
    await window.menu(window.row(/^Fabrikam/).first(), 'Check for Domain Change')
    await window.status('1 stale connection').waitFor({ timeout: 60_000 })
    await window.page.getByText('Reconfigure “Fabrikam”…').first().waitFor()
    await picture('stale')
    await window.page.keyboard.press('Escape')
  })

  it('refuses a delta migration and leads to the wizard that reconfigures', async () => {
    await window.menu(window.row(/^Move/).last(), 'Run Delta Migration')
    await window.dialog
      .getByText(/Fabrikam/)
      .first()
      .waitFor()
    await picture('refused delta')
    await window.press('Reconfigure…')
    await window
      .tab(/Reconfigure/)
      .first()
      .waitFor()
    await picture('reconfigure')
  })

  it('goes on once both connections are reconfigured', async () => {
    await acts.reconfigure(stage.sandbox.leaving)
    await window.menu(window.row(/^Northwind/).first(), 'Reconfigure Connection…')
    await acts.reconfigure(stage.sandbox.receiving)
    await window.status('stale').waitFor({ state: 'detached' })
    await window.menu(window.row(/^Move/).last(), 'Refresh Email Addresses')
    await window
      .tab(/Email addresses of/)
      .first()
      .waitFor({ timeout: 60_000 })
    await picture('refreshed')
    const before = itemsOf(stage.sandbox.receiving)
    await window.menu(window.row(/^Move/).last(), 'Run Delta Migration')
    await until('the two that came since are there', 60_000, () => itemsOf(stage.sandbox.receiving) >= before + 2)
    await window
      .row(/^Move.*completed/)
      .last()
      .waitFor({ timeout: 60_000 })
    assert.equal(itemsOf(stage.sandbox.receiving), before + 2)
    await picture('delta')
  })
})

const itemsOf = ({ organisation, people }: SandboxSide): number =>
  people.reduce((sum, person) => sum + (mailboxOf(organisation, person)?.items.size ?? 0), 0)
