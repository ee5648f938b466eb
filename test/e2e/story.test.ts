import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, FrameLocator } from 'playwright-core'
import { mailboxOf } from '../../src/sandbox/exchange/organisation.ts'
import { planFiles } from '../../src/sandbox/exports.ts'
import { type Sandbox, type SandboxSide, startSandbox } from '../../src/sandbox/world.ts'
import { privateFile } from '../support/cli.ts'
import { until } from '../support/engine.ts'
import { tempDir } from '../support/tempDir.ts'
import { launchBrowser, openProfile } from '../support/vscode/browser.ts'
import { packedExtension } from '../support/vscode/packed.ts'
import { installVsix, startVsCode, type VsCode } from '../support/vscode/server.ts'
import { openWorkbench, type Workbench } from '../support/vscode/workbench.ts'
import { takePictures } from './pictures.ts'

/** What a person does first: two connections, a job, a migration; then the domain moves, and everything goes on after both were reconfigured. */
describe('a domain that moves under a migration, in the editor', function () {
  this.timeout(120_000)
  const owned = new AsyncDisposableStack()
  let sandbox: Sandbox
  let editor: VsCode
  let browser: Browser
  let window: Workbench
  let folder = ''
  const picture = takePictures(() => window.page)

  before(async () => {
    const dir = owned.use(tempDir())
    folder = join(dir.path, 'workspace')
    mkdirSync(folder)
    sandbox = owned.use(await startSandbox({ people: 3, messagesEach: 120 }))
    for (const [name, content] of Object.entries(planFiles(sandbox))) privateFile(folder, name, content)
    installVsix(dir.path, packedExtension().vsix)
    editor = owned.use(await startVsCode({ dir: dir.path, env: { XDG_DATA_HOME: join(dir.path, 'data') } }))
    browser = owned.use(await launchBrowser())
    window = await openWorkbench(await openProfile(browser), editor.url, folder)
  })
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await picture(`failed ${this.currentTest.title}`)
  })
  after(() => owned.disposeAsync())

  const fill = (panel: FrameLocator, name: string, text: string) => panel.getByRole('textbox', { name }).first().fill(text)

  /** Fills the wizard in for one side, trusts its certificate by the fingerprint, and saves once everything is ticked. */
  async function connect(name: string, { admin, certificate }: SandboxSide): Promise<void> {
    const panel = window.panel()
    await fill(panel, 'Name', name)
    await fill(panel, 'Domain of the mailboxes’ addresses', admin.userPrincipalName.split('@')[1] ?? '')
    await fill(panel, 'Autodiscover server to ask first', new URL(sandbox.discovery.url).host)
    await fill(panel, 'User name', admin.userPrincipalName)
    await fill(panel, 'Password', admin.password)
    await picture(`wizard of ${name}, filled in`)
    await test(panel, certificate.fingerprint)
    await picture(`wizard of ${name}, tested`)
    await panel.getByRole('button', { name: 'Save', exact: true }).click()
    await window
      .row(new RegExp(`^${name}`))
      .first()
      .waitFor()
  }

  /** Each certificate that isn't known is shown and trusted: that of Autodiscover, and that of the server it leads to. */
  async function test(panel: FrameLocator, fingerprint: string): Promise<void> {
    const works = panel.getByText(/^It works\./).first()
    const trust = panel.getByRole('button', { name: 'Trust this certificate' }).first()
    await panel.getByRole('button', { name: 'Test', exact: true }).click()
    for (let certificates = 0; certificates < 3; certificates += 1) {
      await works.or(trust).first().waitFor()
      if (await works.isVisible()) return
      const [first, second] = [fingerprint, sandbox.discovery.certificate.fingerprint].map(hex => panel.getByText(colons(hex)).first())
      assert.ok(first && second)
      const shown = (await first.isVisible()) ? first : second
      await shown.waitFor()
      await trust.click()
      // The other one may be shown next, with a button of the same name.
      await shown.waitFor({ state: 'hidden' })
    }
    await works.waitFor()
  }

  it('begins with a welcome', async () => {
    await window.openContainer('Mailferry')
    await window.page.getByRole('button', { name: 'New Source Connection' }).first().waitFor()
    await picture('welcome')
  })

  it('has its source and target defined and tested in the wizard', async () => {
    await window.run('Mailferry: New Source Connection…')
    await connect('Fabrikam', sandbox.leaving)
    await window.run('Mailferry: New Target Connection…')
    await connect('Northwind', sandbox.receiving)
    await picture('connections')
  })

  it('gets a job with mailboxes from a file', async () => {
    await window.run('Mailferry: New Migration Job…')
    const panel = window.panel()
    await fill(panel, 'Name', 'Move')
    await panel.getByRole('button', { name: 'Choose CSV or Get-Mailbox export…' }).click()
    await window.pick('pairs.csv')
    await panel.getByText('1 to 3 of 3; 0 without a target').waitFor()
    await picture('job wizard')
    await panel.getByRole('button', { name: 'Save', exact: true }).click()
    await window.row(/^Move/).first().waitFor()
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
    const second = await openWorkbench(window.page.context(), editor.url, folder)
    await second.openContainer('Mailferry')
    await second.row(/^Move/).last().waitFor()
    await second.page.close()
  })

  it('warns in the status bar when the domain has moved', async () => {
    // Comes in time to be left on the source.
    sandbox.deliver(2)
    sandbox.moveDomain()
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
    await reconfigure(sandbox.leaving)
    await window.menu(window.row(/^Northwind/).first(), 'Reconfigure Connection…')
    await reconfigure(sandbox.receiving)
    await window.status('stale').waitFor({ state: 'detached' })
    await window.menu(window.row(/^Move/).last(), 'Refresh Email Addresses')
    await window
      .tab(/Email addresses of/)
      .first()
      .waitFor({ timeout: 60_000 })
    await picture('refreshed')
    const before = itemsOf(sandbox.receiving)
    await window.menu(window.row(/^Move/).last(), 'Run Delta Migration')
    await until('the two that came since are there', 60_000, () => itemsOf(sandbox.receiving) >= before + 2)
    await window
      .row(/^Move.*completed/)
      .last()
      .waitFor({ timeout: 60_000 })
    assert.equal(itemsOf(sandbox.receiving), before + 2)
    await picture('delta')
  })

  async function reconfigure({ admin }: SandboxSide): Promise<void> {
    const panel = window.panel()
    await fill(panel, 'Domain of the mailboxes’ addresses', admin.userPrincipalName.split('@')[1] ?? '')
    await fill(panel, 'User name', admin.userPrincipalName)
    await fill(panel, 'Password', admin.password)
    await panel.getByRole('button', { name: 'Reconfigure', exact: true }).click()
    await window
      .tab(/Reconfigure/)
      .first()
      .waitFor({ state: 'detached', timeout: 60_000 })
  }
})

const itemsOf = ({ organisation, people }: SandboxSide): number =>
  people.reduce((sum, person) => sum + (mailboxOf(organisation, person)?.items.size ?? 0), 0)

const colons = (hex: string): string => (hex.toUpperCase().replaceAll(':', '').match(/../g) ?? []).join(':')
