import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { dashboard } from '../../src/webview/dashboard/messages.ts'
import { type DashboardOf, shownDashboard } from '../../src/webview/dashboard/shownDashboard.ts'
import { launchBrowser } from '../support/vscode/browser.ts'
import { themeNames } from '../support/webview/openPage.ts'
import { panelPage } from '../support/webview/panelPage.ts'
import { screenshot } from '../support/webview/screenshot.ts'
import { seriousFindings } from '../support/webview/seriousFindings.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'
import { connection, counts, credentialsNeeded, exchangeSettings, job, stale, verified, wording } from '../views/build.ts'

const nothing: DashboardOf = {
  engine: { state: 'running', pid: 1 },
  connections: [],
  jobs: [],
  speedOf: () => 0,
  samples: [],
  span: 0,
}
const busy: DashboardOf = {
  ...nothing,
  connections: [
    connection({ name: 'Old', settings: exchangeSettings, verification: stale, usedBy: ['Move'] }),
    connection({ name: 'Older', verification: credentialsNeeded }),
    connection({ name: 'New', role: 'target', verification: verified }),
  ],
  jobs: [
    job({ name: 'Move', wanted: 'run', states: { running: 2, completed: 1, failed: 1 }, counts: counts({ items: 1000, done: 420 }) }),
    job({ name: 'Pilot', states: { completed: 5 }, counts: counts({ items: 100, done: 100 }) }),
    job({ name: 'Legal', states: { completedWithDifferences: 1 }, counts: counts({ items: 10, done: 9, failed: 1 }) }),
  ],
  speedOf: () => 42,
  samples: Array.from({ length: 150 }, (_, at) => Math.round(40 + 30 * Math.sin(at / 9))),
  span: 300_000,
}

describe('the dashboard', () => {
  it('leads who has nothing yet from one step to the next, and to the sandbox', () => {
    const { start, bad } = shownDashboard(wording, nothing)
    assert.deepEqual(
      start.map(({ offer, done }) => [offer.title, done]),
      [
        ['New source connection', false],
        ['New target connection', false],
        ['New job', false],
        ['Try it with the sandbox', false],
      ],
    )
    assert.deepEqual(bad, [])
  })

  it('tells good news from bad, with what helps', () => {
    const { good, bad } = shownDashboard(wording, busy)
    assert.deepEqual(good, [
      '“Pilot” is completed: 5 mailboxes, everything read back.',
      '“Move” is running: 1 of 4 mailboxes are done.',
      '1 of 3 connections are verified.',
    ])
    assert.deepEqual(
      bad.map(({ text, offers }) => [text, offers.map(({ title }) => title)]),
      [
        ['“Old” is stale: its server or admin account has changed. Its jobs wait for that.', ['Reconfigure…']],
        ['“Older” needs credentials: the server refused the sign-in.', ['Enter credentials…']],
        ['“Move”: 1 mailbox failed.', ['Show job']],
        ['“Legal”: 1 mailbox completed with differences.', ['Report…']],
      ],
    )
  })

  it('says of a list that is cut how much more the trees have', () => {
    const connections = Array.from({ length: 200 }, (_, at) => connection({ name: `Old ${at}` }))
    const { sources, more } = shownDashboard(wording, { ...nothing, connections })
    assert.deepEqual([sources.length, more], [50, { sources: 'And 150 more, in the trees.' }])
  })

  it('says of how long the speed is, in seconds at first', () => {
    const spanOf = (span: number) => shownDashboard(wording, { ...busy, span }).chart?.span
    assert.equal(spanOf(6000), 'the last 6 seconds')
    assert.equal(spanOf(300_000), 'the last 5 minutes')
  })

  it('shows the speed only where something was measured', () => {
    assert.equal(shownDashboard(wording, nothing).chart, undefined)
    assert.match(shownDashboard(wording, busy).chart?.now ?? '', /messages a second now/)
  })
})

describe('the page of the dashboard', function () {
  this.timeout(60_000)
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser.close())

  it('asks for commands, on what they are about', async () => {
    const { page, asked, close } = await panelPage(browser, dashboard, shownDashboard(wording, busy))
    await page.getByRole('button', { name: 'Reconfigure…: “Old” is stale' }).click()
    await page.getByRole('button', { name: 'Stop: Move' }).click()
    await page.getByRole('link', { name: 'Domain cutover checklist' }).click()
    await waitUntil(() => asked.length === 3)
    assert.deepEqual(asked, [
      { on: 'connection', run: 'reconfigureConnection', id: 'id of Old' },
      { on: 'job', run: 'stopJob', id: 'id of Move' },
      { on: 'nothing', run: 'openCutoverChecklist' },
    ])
    assert.equal(await page.getByRole('progressbar', { name: 'Move' }).getAttribute('value'), '42')
    await close()
  })

  for (const theme of themeNames) {
    it(`has no serious finding of axe-core in ${theme}`, async () => {
      const { page, complaints, close } = await panelPage(browser, dashboard, shownDashboard(wording, busy), theme)
      await screenshot(page, `dashboard-${theme}`)
      assert.deepEqual(await seriousFindings(page), [])
      assert.deepEqual(complaints, [])
      await close()
    })
  }

  it('fits a narrow window, as at 200 % zoom', async () => {
    const viewport = { width: 400, height: 700 }
    const { page, close } = await panelPage(browser, dashboard, shownDashboard(wording, busy), 'dark', viewport)
    await screenshot(page, 'dashboard-narrow')
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width)
    await close()
  })
})
