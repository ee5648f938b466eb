import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { MailferryError } from '../../src/domain/errors.ts'
import { csvPreview } from '../../src/engine/handlers/csvPreview.ts'
import type { EngineEvent } from '../../src/rpc/events.ts'
import { draftOf, emptyDraft } from '../../src/webview/connection/draft.ts'
import { existingOf } from '../../src/webview/connection/model.ts'
import { launchBrowser } from '../support/vscode/browser.ts'
import { connectionWizardPage } from '../support/webview/connectionWizardPage.ts'
import { themeNames } from '../support/webview/openPage.ts'
import { screenshot } from '../support/webview/screenshot.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { seriousFindings } from '../support/webview/seriousFindings.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'
import { connection, exchangeSettings, recorded, verified } from '../views/build.ts'

const password = 'correct horse battery staple'
const check = (name: string, detail: string): EngineEvent => ({ event: 'check', connection: 'x', name, state: 'passed', detail })
const untrusted: EngineEvent = {
  event: 'check',
  connection: 'x',
  name: 'tls',
  state: 'failed',
  detail: '',
  error: { code: 'tls.untrusted', params: { host: 'mail.contoso.com', reason: 'self-signed certificate', fingerprint: 'ab'.repeat(32) } },
}
const mayNotActAs: EngineEvent = {
  event: 'check',
  connection: 'x',
  name: 'actAs',
  state: 'failed',
  detail: "mover for anna. To grant it:\nNew-ManagementRoleAssignment -Role ApplicationImpersonation -User 'mover@contoso.com'",
  error: {
    code: 'permission.actAs',
    params: { host: 'mail.contoso.com', admin: 'mover@contoso.com', mailbox: 'anna@contoso.com', response: 'ErrorImpersonateUserDenied' },
  },
}
const inUse = new MailferryError('inUse', { connection: 'Old', jobs: ['Move'] })
const focusedText = "document.activeElement?.shadowRoot?.activeElement?.textContent?.trim() ?? ''"
const deepestFocus = `() => { let at = document.activeElement; while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at }`
const filledIn = { ...emptyDraft('source'), name: 'Old', domain: 'contoso.com', admin: 'mover@contoso.com' }

describe('the page of the connection wizard', function () {
  this.timeout(60_000)
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser.close())

  it('is filled in, tested and saved by the keyboard alone', async () => {
    const engine = scriptedEngine({
      'connection.tryOut': (_params, { emit }) => {
        emit?.(check('signIn', 'as mover@contoso.com'))
        return { recorded }
      },
      'connection.save': () => connection({ name: 'Old Exchange', settings: exchangeSettings }),
      'connection.test': () => ({ recorded, verification: verified }),
    })
    const { page, at, complaints, close } = await connectionWizardPage(browser, { engine }, { mode: 'new', draft: emptyDraft('source') })
    const { keyboard } = page
    const focused = () => page.evaluate<string>(focusedText)
    const tabTo = async (name: string) => {
      for (let step = 0; step < 60; step += 1) {
        await keyboard.press('Tab')
        if ((await focused()).startsWith(name)) return
      }
      assert.fail(`${name} can’t be reached with Tab`)
    }

    await tabTo('Name')
    await keyboard.type('Old Exchange')
    await tabTo('Domain of the mailboxes’ addresses')
    await keyboard.type('contoso.com')
    await tabTo('User name')
    await keyboard.type('mover@contoso.com')
    await tabTo('Password')
    await keyboard.type(password)
    await tabTo('Test')
    await keyboard.press('Enter')
    await page.getByText('It works. Organisation: forest-1.').waitFor()
    await tabTo('Save')
    await keyboard.press('Enter')

    await assert.doesNotReject(waitUntil(() => at.closed))
    const [saved] = engine.paramsOf('connection.save')
    assert.deepEqual(saved?.connection, {
      name: 'Old Exchange',
      role: 'source',
      kind: 'exchange',
      server: { autodiscover: { domain: 'contoso.com' } },
      admin: { user: 'mover@contoso.com', method: 'ntlm', access: 'impersonation' },
      secret: { editor: true },
    })
    assert.deepEqual([...at.secrets.values()], [password])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('never shows or remembers the secret', async () => {
    const engine = scriptedEngine({ 'connection.tryOut': () => ({ recorded }) })
    const { page, at, remembered, close } = await connectionWizardPage(browser, { engine }, { mode: 'new', draft: filledIn })
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByText('It works.').waitFor()

    assert.equal(engine.paramsOf('connection.tryOut')[0]?.secret, password)
    assert.ok(at.shown.length > 0)
    assert.ok(!at.shown.join().includes(password))
    assert.ok(!JSON.stringify(await remembered()).includes(password))
    await close()
  })

  it('puts what is missing beside its field, and lets steps be jumped to', async () => {
    const { page, close } = await connectionWizardPage(
      browser,
      { engine: scriptedEngine({}) },
      { mode: 'new', draft: emptyDraft('target') },
    )
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('textbox', { name: /^Name, This is needed\./ }).waitFor()
    await page.getByRole('textbox', { name: /^Password, This is needed\./ }).waitFor()

    await page.getByRole('link', { name: /^Admin account, to be corrected/ }).click()
    assert.equal(await page.evaluate(focusedText), 'Admin account')
    await close()
  })

  it('keeps what is typed while answers come in', async () => {
    const { page, wizard, close } = await connectionWizardPage(
      browser,
      { engine: scriptedEngine({}) },
      { mode: 'new', draft: emptyDraft('source') },
    )
    await page.getByRole('textbox', { name: 'Name', exact: true }).pressSequentially('A rather long name of a connection', { delay: 1 })
    await assert.doesNotReject(waitUntil(() => wizard.draft.name === 'A rather long name of a connection'))
    assert.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'A rather long name of a connection')
    await close()
  })

  it('asks before it trusts a certificate, by its fingerprint', async () => {
    const engine = scriptedEngine({
      'connection.tryOut': ({ connection }, { emit }) => {
        if (connection.kind === 'exchange' && connection.trust?.fingerprints?.[0] === 'ab'.repeat(32)) return { recorded }
        emit?.(untrusted)
        return {}
      },
    })
    const { page, close } = await connectionWizardPage(browser, { engine }, { mode: 'new', draft: filledIn })
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByText('The certificate of mail.contoso.com is not trusted: self-signed certificate.', { exact: true }).waitFor()
    await page.getByText(Array.from({ length: 32 }, () => 'AB').join(':')).waitFor()
    await page.getByRole('button', { name: 'Trust this certificate' }).click()
    await page.getByText('It works.').waitFor()
    await close()
  })

  it('gives the cure of a failed check, with the command to copy', async () => {
    const engine = scriptedEngine({
      'connection.tryOut': (_params, { emit }) => {
        emit?.(mayNotActAs)
        return {}
      },
    })
    const { page, at, close } = await connectionWizardPage(browser, { engine }, { mode: 'new', draft: filledIn })
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByRole('button', { name: 'Copy: Right to open mailboxes' }).click()
    await assert.doesNotReject(waitUntil(() => at.copied.length > 0))
    assert.deepEqual(at.copied, ["New-ManagementRoleAssignment -Role ApplicationImpersonation -User 'mover@contoso.com'"])
    await close()
  })

  it('names the 3 bad rows of a CSV of 10,000, by their lines', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => `user${at}@contoso.com,user${at},secret-${at}`)
    for (const at of [17, 4_999, 9_998]) rows[at] = `user${at}@contoso.com,user${at},`
    const text = ['mailbox,user,password', ...rows].join('\n')
    const engine = scriptedEngine({ 'csv.preview': params => csvPreview(undefined as never, params, undefined as never) })
    const { page, at, close } = await connectionWizardPage(
      browser,
      { engine, file: { name: 'passwords.csv', path: '/passwords.csv', text } },
      { mode: 'new', draft: { ...emptyDraft('source'), kind: 'imap' } },
    )
    await page.getByRole('button', { name: 'Choose CSV file…' }).click()
    await page.getByText('passwords.csv: 3 rows can’t be used. Nothing was taken from it.').waitFor()
    const lines = await page.locator('table tbody tr td:first-child').allTextContents()
    assert.deepEqual(lines, ['19', '5001', '10000'])
    assert.ok(!at.shown.join().includes('secret-1'))
    await close()
  })

  it('shows the jobs that were made meanwhile when saving is refused, and keeps what was typed', async () => {
    const existing = connection({ name: 'Old', settings: exchangeSettings, secret: { editor: true } })
    const engine = scriptedEngine({
      'connection.save': () => {
        throw inUse
      },
    })
    const { page, at, wizard, close } = await connectionWizardPage(
      browser,
      { engine, connections: [existing] },
      { mode: 'edit', draft: draftOf(existing), existing: existingOf(existing) },
    )
    await page.getByRole('textbox', { name: 'Server name (FQDN)' }).fill('mail2.contoso.com')
    await page.getByRole('button', { name: 'Save without testing' }).click()
    await page.getByText('The connection “Old” is used by').waitFor()
    await page.getByRole('button', { name: 'showJobs' }).click()
    await assert.doesNotReject(waitUntil(() => at.steps.length > 0))
    assert.deepEqual(at.steps, [{ step: 'showJobs' }])
    assert.equal(wizard.draft.exchangeHost, 'mail2.contoso.com')
    assert.equal(wizard.unsaved, true)
    await close()
  })

  for (const theme of themeNames) {
    it(`has no serious finding of axe-core in ${theme}`, async () => {
      const engine = scriptedEngine({
        'connection.tryOut': (_params, { emit }) => {
          for (const event of [check('address', 'https://mail.contoso.com/EWS/Exchange.asmx'), untrusted, mayNotActAs]) emit?.(event)
          return {}
        },
      })
      const { page, complaints, close } = await connectionWizardPage(browser, { engine, theme }, { mode: 'new', draft: filledIn })
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('textbox', { name: /^Password/ }).fill(password)
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.getByText('It doesn’t work yet.').waitFor()
      await screenshot(page, `connection-${theme}`)
      assert.deepEqual(await seriousFindings(page), [])
      assert.deepEqual(complaints, [])
      await close()
    })
  }

  it('has what is to be done always on top, and nothing with the focus hides behind it', async () => {
    const { page, close } = await connectionWizardPage(browser, { engine: scriptedEngine({}) }, { mode: 'new', draft: filledIn })
    const find = (role: 'button' | 'link', name: string) => page.getByRole(role, { name, exact: true })
    await page.setViewportSize({ width: 900, height: 500 })
    await find('link', 'Summary, open').click()
    const save = await find('button', 'Save').boundingBox()
    assert.ok(save !== null && save.y >= 0 && save.y < 60)
    await find('button', 'Test').focus()
    for (let back = 0; back < 8; back += 1) {
      await page.keyboard.press('Shift+Tab')
      const top: number = await page.evaluate(`(${deepestFocus})().getBoundingClientRect().top`)
      assert.ok(top >= save.y + save.height, `${top} is behind the bar`)
    }
    await close()
  })

  it('fits a narrow window, as at 200 % zoom', async () => {
    const viewport = { width: 380, height: 700 }
    const { page, close } = await connectionWizardPage(browser, { engine: scriptedEngine({}), viewport }, { mode: 'new', draft: filledIn })
    await screenshot(page, 'connection-narrow')
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width)
    await close()
  })
})
