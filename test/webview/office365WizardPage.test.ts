import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { makeApplicationCertificate } from '../../src/servers/office365/registration/makeCertificate.ts'
import { draftOf, emptyDraft } from '../../src/webview/connection/draft.ts'
import { existingOf } from '../../src/webview/connection/model.ts'
import { launchBrowser } from '../support/vscode/browser.ts'
import { connectionWizardPage } from '../support/webview/connectionWizardPage.ts'
import { byAdmin, office365Draft, office365Settings, tenantRecorded } from '../support/webview/office365.ts'
import { themeNames } from '../support/webview/openPage.ts'
import { screenshot } from '../support/webview/screenshot.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { seriousFindings } from '../support/webview/seriousFindings.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'
import { connection } from '../views/build.ts'

const made = await makeApplicationCertificate('Mailferry', { days: 365 })

const handedOver = { script: '# script', steps: ['By hand:', '1. App registrations › New registration'], scopes: [], clientId: '' }

describe('the page of the connection wizard for Office 365', function () {
  this.timeout(60_000)
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser.close())

  const engine = () =>
    scriptedEngine({
      'office365.certificate': () => made,
      'connection.tryOut': (_params, { emit }) => {
        emit?.({ event: 'check', connection: 'Cloud', name: 'permissions', state: 'passed', detail: 'Mail.ReadWrite, User.Read.All' })
        return { recorded: tenantRecorded }
      },
      'connection.save': () => connection({ name: 'Cloud', settings: office365Settings }),
      'connection.test': () => ({ recorded: tenantRecorded, verification: { state: 'verified', recorded: tenantRecorded } }),
    })

  it('is filled in as an application with a certificate made here, tested and saved', async () => {
    const asked = engine()
    const { page, at, complaints, close } = await connectionWizardPage(
      browser,
      { engine: asked },
      { mode: 'new', draft: emptyDraft('target') },
    )
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Cloud')
    await page.getByRole('radio', { name: /^Office 365/ }).click()
    await page.getByRole('textbox', { name: 'Tenant', exact: true }).fill('contoso.onmicrosoft.com')
    await page.getByRole('textbox', { name: 'Application (client) id' }).fill('client-1')
    await page.getByRole('button', { name: 'Make a certificate here' }).click()
    await page.getByText('Its certificate is good until').waitFor()
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByText('It works. Organisation: tenant-1.').waitFor()
    await page.getByText('Mail.ReadWrite, User.Read.All').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()

    await assert.doesNotReject(waitUntil(() => at.closed))
    assert.deepEqual(asked.paramsOf('connection.save')[0]?.connection, {
      name: 'Cloud',
      role: 'target',
      kind: 'office365',
      signIn: { method: 'application', tenant: 'contoso.onmicrosoft.com', clientId: 'client-1', credential: 'certificate' },
      secret: { editor: true },
    })
    assert.deepEqual([...at.secrets.values()], [made.pem])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('says whose mailboxes an administrator opens, and keeps what was typed for the application', async () => {
    const { page, wizard, close } = await connectionWizardPage(browser, { engine: engine() }, { mode: 'new', draft: office365Draft })
    await page.getByRole('radio', { name: /^As an administrator/ }).click()
    await page.getByText('For other people’s mailboxes sign in as an application.').waitFor()
    await page.getByRole('textbox', { name: 'User name' }).fill('admin@contoso.onmicrosoft.com')
    await page.getByRole('radio', { name: /by a client secret/ }).click()
    await page.getByRole('textbox', { name: 'Client secret' }).waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'Tenant', exact: true }).inputValue(), 'contoso.onmicrosoft.com')
    assert.equal(wizard.draft.cloudAdmin, 'admin@contoso.onmicrosoft.com')
    await close()
  })

  it('offers to reconfigure anyway where no domain change touches it, and nothing but the sign-in changes', async () => {
    const existing = connection({ name: 'Cloud', settings: office365Settings, secret: { editor: true } })
    const { page, close } = await connectionWizardPage(
      browser,
      { engine: engine(), connections: [existing] },
      { mode: 'reconfigure', draft: draftOf(existing), existing: existingOf(existing) },
    )
    await page.getByText('It isn’t needed.').waitFor()
    await page.getByRole('button', { name: 'Reconfigure anyway' }).waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'Tenant', exact: true }).isDisabled(), true)
    assert.equal(await page.getByRole('textbox', { name: 'Application (client) id' }).isDisabled(), false)
    await close()
  })

  it('shows the code to enter, opens its page, and goes on by itself', async () => {
    const until = '2026-01-01T12:15:00Z'
    const entered = Promise.withResolvers<void>()
    const asked = scriptedEngine({
      'office365.certificate': () => made,
      'office365.registerScript': () => handedOver,
      async 'office365.register'(_params, { emit }) {
        emit?.({ event: 'deviceCode', userCode: 'ABCD2345', page: 'https://login.test/device', until })
        await entered.promise
        return { registered: true, tenant: 'tenant-1', clientId: 'client-9', name: 'Mailferry target' }
      },
    })
    const draft = { ...office365Draft, clientId: '', login: 'https://login.test', graph: 'https://graph.test' }
    const { page, at, close } = await connectionWizardPage(browser, { engine: asked }, { mode: 'new', draft })
    await page.getByRole('button', { name: 'Sign in and register…' }).click()
    await page.getByText('ABCD2345', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Open the page' }).click()
    await assert.doesNotReject(waitUntil(() => at.pages.length > 0))
    assert.deepEqual(at.pages, ['https://login.test/device'])
    entered.resolve()
    await page.getByText('“Mailferry target” is registered').waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'Application (client) id' }).inputValue(), 'client-9')
    await close()
  })

  it('lists the steps of the portal, and fills in what the script printed', async () => {
    const clipboard = `tenant ${'0'.repeat(8)}-1111-2222-3333-${'4'.repeat(12)}\nclient id ${'5'.repeat(8)}-1111-2222-3333-${'6'.repeat(12)}`
    const asked = scriptedEngine({ 'office365.certificate': () => made, 'office365.registerScript': () => handedOver })
    const { page, wizard, close } = await connectionWizardPage(
      browser,
      { engine: asked, clipboard },
      { mode: 'new', draft: office365Draft },
    )
    await page.getByRole('button', { name: 'Script and steps…' }).click()
    await page.getByText('1. App registrations').waitFor()
    await screenshot(page, 'connection-office365-byHand')
    assert.deepEqual(await seriousFindings(page), [])
    await page.getByRole('button', { name: 'Paste what the script printed' }).click()
    await assert.doesNotReject(waitUntil(() => wizard.draft.clientId.startsWith('55555555-')))
    const tenant = page.getByRole('textbox', { name: 'Tenant', exact: true })
    await assert.doesNotReject(waitUntil(async () => (await tenant.inputValue()) === wizard.draft.tenant))
    assert.equal(wizard.draft.tenant, '00000000-1111-2222-3333-444444444444')
    await close()
  })

  for (const theme of themeNames) {
    it(`has no serious finding of axe-core in ${theme}`, async () => {
      const draft = { ...office365Draft, tenant: '' }
      const { page, complaints, close } = await connectionWizardPage(browser, { engine: engine(), theme }, { mode: 'new', draft })
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('textbox', { name: /^Tenant, This is needed\./ }).waitFor()
      await screenshot(page, `connection-office365-${theme}`)
      assert.deepEqual(await seriousFindings(page), [])
      assert.deepEqual(complaints, [])
      await close()
    })
  }

  it('fits a narrow window, as an administrator’s', async () => {
    const viewport = { width: 380, height: 700 }
    const draft = draftOf({ name: 'Cloud', role: 'source', settings: byAdmin('admin@contoso.com') })
    const { page, close } = await connectionWizardPage(browser, { engine: engine(), viewport }, { mode: 'new', draft })
    await page.getByText('For other people’s mailboxes sign in as an application.').waitFor()
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width)
    await close()
  })
})
