import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import type { Mailbox } from '../../src/domain/pair.ts'
import { csvPreview } from '../../src/engine/handlers/csvPreview.ts'
import { emptyJob } from '../../src/webview/job/draft.ts'
import { launchBrowser } from '../support/vscode/browser.ts'
import { jobWizardPage } from '../support/webview/jobWizardPage.ts'
import { themeNames } from '../support/webview/openPage.ts'
import { screenshot } from '../support/webview/screenshot.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { seriousFindings } from '../support/webview/seriousFindings.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'
import { connection, exchangeSettings, job } from '../views/build.ts'

const draft = { ...emptyJob('Europe/Berlin', 'Old', 'New'), name: 'Move' }
const people = (count: number): Mailbox[] =>
  Array.from({ length: count }, (_, at) => ({ address: `user${String(at).padStart(4, '0')}@contoso.com`, displayName: `User ${at}` }))
const nothingLeft = { unmatched: [], ambiguous: [], unused: [], added: 0 }
const atNewHome = (mailbox: Mailbox): Mailbox => ({ address: mailbox.address.replace('contoso', 'fabrikam') })

describe('the page of the job wizard', function () {
  this.timeout(60_000)
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser.close())

  it('finds mailboxes in the directory, matches them and saves the job', async () => {
    const [anna, berta] = people(2)
    assert.ok(anna && berta)
    const engine = scriptedEngine({
      'mailboxes.list': () => ({ list: [anna, berta], more: false }),
      'job.matchPreview': () => ({ ...nothingLeft, pairs: [{ source: anna, target: atNewHome(anna) }], unmatched: [berta] }),
      'job.save': () => job({ name: 'Move' }),
      'job.queue': () => ({ pairs: 2 }),
    })
    const { page, at, complaints, close } = await jobWizardPage(browser, { engine }, { draft, rows: [] })
    await page.getByRole('textbox', { name: 'Search the source’s directory' }).fill('user')
    await page.getByRole('button', { name: 'List', exact: true }).click()
    await page.getByRole('checkbox', { name: /user0000/ }).click()
    await page.getByRole('checkbox', { name: /user0001/ }).click()
    await page.getByRole('button', { name: 'Add to the job' }).click()
    await page.getByText('1 to 2 of 2; 2 without a target').waitFor()
    await page.getByRole('button', { name: 'Address, the part before the @' }).click()
    await page.getByText('1 matched, 1 without a partner').waitFor()
    const byHand = page.getByRole('textbox', { name: 'Target mailbox: user0001@contoso.com' })
    await byHand.fill('berta@fabrikam.com')
    await byHand.press('Tab')
    await page.getByText('1 to 2 of 2; 0 without a target').waitFor()
    await page.getByRole('button', { name: 'Save and start' }).click()
    await waitUntil(() => at.closed)

    const [saved] = engine.paramsOf('job.save')
    assert.deepEqual(saved?.add, [
      { source: anna, target: atNewHome(anna) },
      { source: berta, target: { address: 'berta@fabrikam.com' } },
    ])
    assert.equal(saved?.job.source, 'Old')
    assert.equal(engine.paramsOf('job.queue').length, 1)
    assert.deepEqual(complaints, [])
    await close()
  })

  it('asks for an export of the target’s mailboxes only where the target is an Exchange, which can’t list them', async () => {
    const offered = async (settings: typeof exchangeSettings | undefined) => {
      const target = connection({ name: 'New', role: 'target', ...(settings && { settings }) })
      const connections = [connection({ name: 'Old' }), target]
      const { page, close } = await jobWizardPage(browser, { engine: scriptedEngine({}), connections }, { draft, rows: [] })
      await page.getByRole('button', { name: 'Display name' }).waitFor()
      const count = await page.getByRole('button', { name: 'Get-Mailbox export of the target…' }).count()
      await close()
      return count
    }
    assert.deepEqual([await offered(exchangeSettings), await offered(undefined)], [1, 0])
  })

  it('places single folders, takes some kinds of items alone, and says where a row is half', async () => {
    const engine = scriptedEngine({ 'job.save': () => job({ name: 'Move' }) })
    const anna = { source: { address: 'anna@contoso.com' }, target: { address: 'anna@fabrikam.com' } }
    const { page, at, complaints, close } = await jobWizardPage(browser, { engine }, { draft, rows: [anna] })
    await page.getByRole('checkbox', { name: 'Notes' }).click()
    await page.getByRole('button', { name: 'Add folder' }).click()
    await page.getByRole('textbox', { name: 'Source folder' }).fill('Archive/2024')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: 'Name both folders of each row.' }).waitFor()
    await page.getByRole('textbox', { name: 'Target folder' }).fill('Old/2024')
    await page.getByRole('button', { name: 'Add folder' }).click()
    await page.getByRole('button', { name: 'Remove: Folder 2' }).click()
    await page.getByText('only Mail, Appointments, Contacts, Tasks', { exact: true }).waitFor()
    await page.getByText('Archive/2024 → Old/2024', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await waitUntil(() => at.closed)
    const [saved] = engine.paramsOf('job.save')
    assert.deepEqual(saved?.job.folders, [{ source: ['Archive', '2024'], target: ['Old', '2024'] }])
    assert.deepEqual(saved?.job.filters?.itemTypes, ['mail', 'calendar', 'contacts', 'tasks'])
    assert.deepEqual(complaints, [])
    await close()
  })

  it('stays fluid with 5,000 mailboxes: it draws fifty, and finds one by its name', async () => {
    const all = people(5000)
    const engine = scriptedEngine({
      'mailboxes.list': ({ offset, limit }) => ({ list: all.slice(offset, offset + limit), more: offset + limit < all.length }),
    })
    const { page, wizard, close } = await jobWizardPage(browser, { engine }, { draft, rows: [] })
    await page.getByRole('button', { name: 'Add all that the source lists' }).click()
    await page.getByText('1 to 50 of 5,000; 5,000 without a target').waitFor()
    assert.equal(await page.locator('table tbody tr').count(), 50)

    const before = Date.now()
    await page.getByRole('button', { name: 'Same address for the rest' }).click()
    await page.getByText('1 to 50 of 5,000; 0 without a target').waitFor()
    await page.getByRole('textbox', { name: 'Filter', exact: true }).fill('user4321')
    await page.getByText('1 to 1 of 1; 0 without a target').waitFor()
    assert.ok(Date.now() - before < 5000)
    assert.equal(wizard.rows.length, 5000)
    await close()
  })

  it('names the bad rows of a file, by their lines, and takes nothing from it', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => `user${at}@contoso.com,user${at}@fabrikam.com`)
    for (const at of [3, 5_000, 9_999]) rows[at] = ',nobody@fabrikam.com'
    const text = ['source,target', ...rows].join('\n')
    const engine = scriptedEngine({ 'csv.preview': params => csvPreview(undefined as never, params, undefined as never) })
    const { page, wizard, close } = await jobWizardPage(
      browser,
      { engine, file: { name: 'pairs.csv', path: '/pairs.csv', text } },
      { draft, rows: [] },
    )
    await page.getByRole('button', { name: 'Choose CSV or Get-Mailbox export…' }).click()
    await page.getByText('pairs.csv: 3 rows can’t be used.').waitFor()
    assert.deepEqual(await page.locator('table tbody tr td:first-child').allTextContents(), ['5', '5002', '10001'])
    assert.equal(wizard.rows.length, 0)
    await close()
  })

  it('puts what is wrong beside its field, windows included', async () => {
    const { page, close } = await jobWizardPage(browser, { engine: scriptedEngine({}) }, { draft, rows: [] })
    await page.getByRole('textbox', { name: 'Received from' }).fill('yesterday')
    await page.getByRole('textbox', { name: 'Received from, Not a date such as 2024-01-31.' }).waitFor()
    await page.getByRole('button', { name: 'Add hours' }).click()
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']) await page.getByRole('checkbox', { name: day }).click()
    await page.getByText('Choose at least one day.').waitFor()
    await close()
  })

  it('saves the hours of the week in which it may run', async () => {
    const engine = scriptedEngine({ 'job.save': () => job({ name: 'Move' }) })
    const { page, at, close } = await jobWizardPage(browser, { engine }, { draft, rows: [] })
    await page.getByRole('button', { name: 'Add hours' }).click()
    await page.getByRole('checkbox', { name: 'Sat' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await waitUntil(() => at.closed)
    assert.deepEqual(engine.paramsOf('job.save')[0]?.job.schedule, {
      timeZone: 'Europe/Berlin',
      windows: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'], from: 20, to: 24 }],
    })
    await close()
  })

  it('saves first and then tells what a run would do', async () => {
    const [anna] = people(1)
    assert.ok(anna)
    const engine = scriptedEngine({
      'job.save': () => job({ name: 'Move' }),
      'job.pairs': () => ({ total: 0, list: [] }),
      'job.dryRun': (_, { emit }) => {
        const finding = { about: 'forwarding', state: 'attention', detail: '2 of the inbox rules forward or redirect mail' } as const
        emit?.({ event: 'readiness', job: 'Move', target: 'anna@new.test', findings: [finding] })
        emit?.({ event: 'notExamined', job: 'Move', connection: 'New', what: ['litigation and other holds'] })
        return {
          pairs: 1,
          unopened: 0,
          problems: 0,
          copy: { items: 1234, bytes: 5.6e6 },
          tooLarge: { items: 0, bytes: 0 },
          estimatedMs: 240_000,
        }
      },
    })
    const { page, at, close } = await jobWizardPage(browser, { engine }, { draft, rows: [{ source: anna, target: anna }] })
    await page.getByRole('button', { name: 'Save and estimate (dry run)' }).click()
    await page.getByText('1,234 messages (5.6 MB) of 1 mailboxes would be copied, in about 4 min.').waitFor()
    await page.getByText('anna@new.test: 2 of the inbox rules forward or redirect mail').waitFor()
    await page.getByText('Not examined, for the server doesn’t tell: litigation and other holds.').waitFor()
    assert.equal(at.closed, false)
    await close()
  })

  for (const theme of themeNames) {
    it(`has no serious finding of axe-core in ${theme}`, async () => {
      const [anna, berta] = people(2)
      assert.ok(anna && berta)
      const engine = scriptedEngine({
        'mailboxes.list': () => ({ list: people(60).slice(0, 50), more: true }),
        'job.matchPreview': () => ({
          ...nothingLeft,
          pairs: [{ source: anna, target: atNewHome(anna) }],
          ambiguous: [{ name: 'berta', sources: [berta], targets: [berta, anna] }],
        }),
      })
      const { page, complaints, close } = await jobWizardPage(browser, { engine, theme }, { draft: { ...draft, name: '' }, rows: [] })
      await page.getByRole('button', { name: 'List', exact: true }).click()
      await page.getByRole('checkbox', { name: /user0001/ }).click()
      await page.getByRole('button', { name: 'Add to the job' }).click()
      await page.getByRole('button', { name: 'Address, the part before the @' }).click()
      await page.getByText('1 matched').waitFor()
      await page.getByRole('button', { name: 'Add hours' }).click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByRole('textbox', { name: /^Name, This is needed/ }).waitFor()
      await screenshot(page, `job-${theme}`)
      assert.deepEqual(await seriousFindings(page), [])
      assert.deepEqual(complaints, [])
      await close()
    })
  }

  it('fits a narrow window, as at 200 % zoom', async () => {
    const viewport = { width: 400, height: 700 }
    const { page, close } = await jobWizardPage(
      browser,
      { engine: scriptedEngine({}), viewport },
      { draft, rows: people(3).map(source => ({ source })) },
    )
    await screenshot(page, 'job-narrow')
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width)
    await close()
  })
})
