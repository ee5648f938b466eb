import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mailboxOf } from '../../src/sandbox/exchange/organisation.ts'
import type { SandboxSide } from '../../src/sandbox/world.ts'
import { until } from '../support/engine.ts'
import type { Workbench } from '../support/vscode/workbench.ts'
import { type Acts, createActs, fill } from './acts.ts'
import { takePictures } from './pictures.ts'
import { type Stage, setStage } from './stage.ts'

/** Of an answer while a job is to be seen at work, in milliseconds. */
const slowly = 3000

/**
 * What a person does first: two connections, a job, a migration, in windows that are reloaded and closed; then the domain moves, and everything goes on after
 * both were reconfigured. Each station begins where the one before it ended.
 */
describe('a domain that moves under a migration, in the editor', function () {
  this.timeout(120_000)
  this.bail(true)
  let stage: Stage
  let window: Workbench
  let second: Workbench
  let acts: Acts
  const picture = takePictures(() => window.page)
  const inhabit = (next: Workbench): void => {
    window = next
    acts = createActs(window, stage.sandbox)
  }
  const job = () => window.row(/^Move/).last()
  const row = (name: string, of = window) => of.row(new RegExp(`^${name}`)).first()
  /** Local parts of the mailboxes, in the order they are shown in. */
  const order = async (): Promise<string[]> =>
    (await window.row(/^[\w.]+@.*not started/).allInnerTexts()).map(text => text.trim().split('@')[0] ?? '')

  before(async () => {
    stage = await setStage({ sandbox: { people: 3, messagesEach: 120 }, editor: { workspaceTrust: true, settings: unasked } })
    inhabit(await stage.openWindow())
  })
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await picture(`failed ${this.currentTest.title}`)
  })
  after(() => stage[Symbol.asyncDispose]())

  it('does nothing in a folder that isn’t trusted, and says so', async () => {
    await window.openContainer('Mailferry')
    await window.page.getByText('In Restricted Mode Mailferry opens neither its ledger nor any connection.').first().waitFor()
    await picture('restricted')
    assert.equal(await window.offers('Mailferry: New Source Connection…'), false)
    assert.equal(existsSync(stage.ledger), false)
  })

  it('begins with a welcome once the folder is trusted, without a reload', async () => {
    await acts.trustFolder()
    await window.page.getByRole('button', { name: 'New Source Connection' }).first().waitFor()
    await picture('welcome')
  })

  it('has its source defined, tested and saved by the keyboard alone', async () => {
    await acts.connectByKeyboard('Fabrikam', stage.sandbox.leaving)
  })

  it('has its target defined and tested in the wizard', async () => {
    await window.run('Mailferry: New Target Connection…')
    await acts.describeSide('Northwind', stage.sandbox.receiving)
    await picture('wizard, filled in')
    await acts.test(stage.sandbox.receiving)
    await picture('wizard, tested')
    await acts.save('Northwind')
    await picture('connections')
  })

  it('shows the same in a second window, where the target is about to be edited', async () => {
    // Windows of one folder would share what they keep for a reload. What is in a trusted folder is trusted.
    const folder = join(stage.folder, 'within')
    mkdirSync(folder)
    second = await stage.openWindow({ folder })
    await second.openContainer('Mailferry')
    await second.menu(row('Northwind', second), 'Edit Connection…')
    await fill(second.panel(), 'User name', 'other@northwind.test')
  })

  it('gets a job with mailboxes from a file, which the second window has, too', async () => {
    await toFront(window)
    await window.run('Mailferry: New Migration Job…')
    await acts.describeJob('Move', 3)
    await picture('job wizard')
    await acts.save('Move')
    await second.row(/^Move/).first().waitFor()
  })

  it('keeps the connections that it uses from being edited in any window, and names the job', async () => {
    await toFront(second)
    await second.panel().getByRole('button', { name: 'Save without testing' }).click()
    await second.panel().getByRole('alert').getByText('“Move”').first().waitFor()
    assert.equal(await second.panel().getByRole('textbox', { name: 'User name' }).inputValue(), 'other@northwind.test')
    await toFront(window)
    await window.run('Mailferry: Edit Connection…')
    await window.pick('Fabrikam')
    await window.dialog.getByText(/Move/).first().waitFor()
    for (const button of ['Show jobs', 'Reconfigure…']) await window.dialog.getByRole('button', { name: button, exact: true }).waitFor()
    await picture('refused edit')
    await window.press('Cancel')
  })

  it('has its mailboxes dragged into another order, chosen together and filtered', async () => {
    await window.expand(job())
    await until('all are shown', 20_000, async () => (await order()).length === 3)
    const [first = '', middle = '', last = ''] = await order()
    await row(last).dragTo(row(first))
    await until('the last is the first', 20_000, async () => (await order())[0] === last)
    await row(first).click()
    await row(middle).click({ modifiers: ['Control'] })
    await window.menu(row(middle), 'Set Priority…')
    await window.page.getByText('Priority of 2 mailboxes').waitFor()
    await window.answer('100')
    await until('both have their turn before it', 20_000, async () => (await order())[2] === last)
    await window.run('Mailferry: Filter Mailboxes…')
    await window.pick('Part of an address or name…')
    await window.page.getByText('Filter mailboxes', { exact: true }).first().waitFor()
    await window.answer(middle)
    await until('it alone is shown', 20_000, async () => (await order()).join() === middle)
    await picture('filtered')
    await window.run('Mailferry: Clear Filter of Mailboxes')
    await until('all are shown', 20_000, async () => (await order()).length === 3)
  })

  it('runs, and is seen at work in both windows', async () => {
    stage.sandbox.leaving.site.troubles.add({ trouble: { kind: 'delay', milliseconds: slowly } })
    await window.run('Mailferry: Open Dashboard')
    await window.panel().getByText('not started').first().waitFor()
    await window.menu(job(), 'Start')
    for (const each of [window, second]) {
      await each
        .row(/^Move, running/)
        .first()
        .waitFor()
      await each.status(/mailbox/).waitFor()
    }
    await picture('running')
  })

  it('goes on while a window is reloaded, which has its panel and the job again', async () => {
    await until('the window keeps what is open', 30_000, () => window.keeps('editorpart.state', 'mailferry.dashboard'))
    await window.page.reload()
    await window.panel().getByText('“Move” is running').first().waitFor({ timeout: 60_000 })
    await window
      .row(/^Move, running/)
      .first()
      .waitFor()
    await picture('reloaded')
  })

  it('goes on without any window, and is completed in the next', async () => {
    for (const each of [second, window]) await each.page.close()
    await until('the editor’s side is gone', 30_000, () => stage.editor.extensionHosts() === 0)
    const answered = stage.sandbox.leaving.answered()
    await until('it still reads', 30_000, () => stage.sandbox.leaving.answered() > answered + 2)
    stage.sandbox.leaving.site.troubles.clear()
    inhabit(await stage.openWindow())
    await window.openContainer('Mailferry')
    await window
      .row(/^Move, completed.*3 of 3/)
      .last()
      .waitFor({ timeout: 90_000 })
    await picture('migrated')
  })

  it('warns in the status bar when the domain has moved', async () => {
    // Comes in time to be left on the source.
    stage.sandbox.deliver(2)
    stage.sandbox.moveDomain()
    await window.menu(row('Fabrikam'), 'Check for Domain Change')
    await window.status('1 stale connection').waitFor({ timeout: 60_000 })
    await window.page.getByText('Reconfigure “Fabrikam”…').first().waitFor()
    await picture('stale')
    await window.page.keyboard.press('Escape')
  })

  it('refuses a delta migration and leads to the wizard that reconfigures', async () => {
    await window.menu(job(), 'Run Delta Migration')
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
  })

  it('goes on once both connections are reconfigured', async () => {
    await acts.reconfigure(stage.sandbox.leaving)
    await window.menu(row('Northwind'), 'Reconfigure Connection…')
    // A check may change the row while its menu is open: VS Code then forgets which one was meant, and the command asks.
    const asked = window.page.getByText('Reconfigure which connection?')
    await window
      .tab(/Reconfigure/)
      .or(asked)
      .first()
      .waitFor()
    if (await asked.isVisible()) await window.pick('Northwind')
    await acts.reconfigure(stage.sandbox.receiving)
    await window.status('stale').waitFor({ state: 'detached' })
    await window.menu(job(), 'Refresh Email Addresses')
    await window
      .tab(/Email addresses of/)
      .first()
      .waitFor({ timeout: 60_000 })
    await picture('refreshed')
    const before = itemsOf(stage.sandbox.receiving)
    await window.menu(job(), 'Run Delta Migration')
    await until('the two that came since are there', 60_000, () => itemsOf(stage.sandbox.receiving) >= before + 2)
    await window
      .row(/^Move, completed/)
      .last()
      .waitFor({ timeout: 60_000 })
    assert.equal(itemsOf(stage.sandbox.receiving), before + 2)
    await picture('delta')
  })

  it('ends with a report that accounts for every message', async () => {
    const file = join(stage.folder, 'Move.html')
    await window.menu(job(), 'Write Report…')
    await window.page.locator('.quick-input-widget:visible input.input').waitFor()
    await window.page.keyboard.press('Enter')
    await until('it is written', 30_000, () => existsSync(file) && readFileSync(file, 'utf8').includes('</html>'))
    for (const { primarySmtpAddress } of stage.sandbox.receiving.people)
      assert.ok(readFileSync(file, 'utf8').includes(primarySmtpAddress), primarySmtpAddress)
  })

  it('says that passwords were lost where the editor keeps them in memory alone, and takes them again', async () => {
    const profile = await stage.openProfile()
    await profile.addInitScript(withoutKeyring)
    const bare = await stage.openWindow({ profile })
    await bare.openContainer('Mailferry')
    await createActs(bare, stage.sandbox).trustFolder()
    await row('Fabrikam', bare).waitFor()
    await bare.page.reload()
    await bare.toast('This editor has forgotten the passwords').waitFor({ timeout: 60_000 })
    await bare.menu(row('Fabrikam', bare), 'Enter Credentials…')
    await bare.answer(stage.sandbox.leaving.admin.password)
    await bare.menu(row('Fabrikam', bare), 'Test Connection')
    await bare.toast('“Fabrikam” works').waitFor({ timeout: 60_000 })
    await profile.close()
  })
})

/** A folder is restricted until a person trusts it; nobody is asked at the start. */
const unasked = { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' }

/** The workbench's storage of secrets as it is without a keyring: what it was given is gone with the window. */
const withoutKeyring = `(() => {
  const { setItem } = Storage.prototype
  Storage.prototype.setItem = function (key, value) {
    if (key !== 'secrets.provider') return setItem.call(this, key, value)
  }
})()`

/** A window behind another one draws once a second, and is slow to use. */
const toFront = ({ page }: Workbench): Promise<void> => page.bringToFront()

const itemsOf = ({ organisation, people }: SandboxSide): number =>
  people.reduce((sum, person) => sum + (mailboxOf(organisation, person)?.items.size ?? 0), 0)
