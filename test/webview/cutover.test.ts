import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import type { CutoverResult } from '../../src/rpc/results.ts'
import { cutoverChecklist } from '../../src/webview/cutover/messages.ts'
import { type CutoverOf, shownCutover } from '../../src/webview/cutover/shownCutover.ts'
import { launchBrowser } from '../support/vscode/browser.ts'
import { themeNames } from '../support/webview/openPage.ts'
import { panelPage } from '../support/webview/panelPage.ts'
import { screenshot } from '../support/webview/screenshot.ts'
import { seriousFindings } from '../support/webview/seriousFindings.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'
import { connection, exchangeSettings, job, stale, wording } from '../views/build.ts'

const cutover: CutoverResult = {
  domain: 'contoso.com',
  jobs: ['Move'],
  live: false,
  steps: [
    {
      id: 'testConnections',
      phase: 'before',
      title: 'Test both connections',
      state: 'done',
      parts: [{ subject: 'Old', state: 'done', detail: 'verified' }],
      how: [],
    },
    {
      id: 'lowerTtl',
      phase: 'before',
      title: 'Lower the TTL of the MX records',
      state: 'unknown',
      parts: [],
      how: ['Days before the move.'],
    },
    {
      id: 'addDomain',
      phase: 'move',
      title: 'Add the domain to the target and verify it',
      state: 'done',
      parts: [],
      how: [],
      tick: { at: '2026-01-01T09:00:00Z', note: 'by Anna' },
    },
    {
      id: 'reconfigureSource',
      phase: 'after',
      title: 'Reconfigure the source connection',
      state: 'open',
      parts: [{ subject: 'Old', state: 'open', detail: 'stale' }],
      how: [],
    },
    {
      id: 'delta',
      phase: 'after',
      title: 'Run a delta',
      state: 'blocked',
      parts: [{ subject: 'Move', state: 'blocked', detail: 'Old is stale' }],
      how: [],
    },
  ],
}
const of: CutoverOf = {
  cutovers: [cutover, { ...cutover, domain: 'fabrikam.com', steps: [] }],
  connections: [connection({ name: 'Old', settings: exchangeSettings, verification: stale, usedBy: ['Move'] })],
  jobs: [job({ name: 'Move' })],
  chosen: undefined,
  busy: false,
}
const shown = shownCutover(wording, of)

describe('the checklist of a domain cutover', () => {
  it('offers what does a step, on its connection or job, and nothing for what is done elsewhere', () => {
    assert.deepEqual(
      shown.steps.map(({ id, parts }) => [id, parts.map(({ offer }) => offer?.does)]),
      [
        ['testConnections', [{ type: 'connection', run: 'testConnection', id: 'id of Old' }]],
        ['lowerTtl', []],
        ['addDomain', []],
        ['reconfigureSource', [{ type: 'connection', run: 'reconfigureConnection', id: 'id of Old' }]],
        ['delta', [{ type: 'job', run: 'runDelta', id: 'id of Move' }]],
      ],
    )
  })

  it('lets a person tick only where no fact tells', () => {
    assert.deepEqual(
      shown.steps.flatMap(({ tick }) => (tick === undefined ? [] : [tick])),
      [
        { ticked: false, says: { type: 'tick', step: 'lowerTtl', done: true }, note: '' },
        {
          ticked: true,
          says: { type: 'tick', step: 'addDomain', done: false },
          annotates: { type: 'note', step: 'addDomain' },
          note: '1 Jan 2026, 09:00: by Anna',
        },
      ],
    )
  })

  it('says dates as the person does', () => {
    const part = { subject: 'Old', state: 'done' as const, detail: 'verified on 2026-01-01T09:00:00.000Z' }
    const dated = { ...cutover, steps: cutover.steps.map(step => ({ ...step, parts: [part] })) }
    assert.equal(shownCutover(wording, { ...of, cutovers: [dated] }).steps[0]?.parts[0]?.text, 'Old: verified on 1 Jan 2026, 09:00')
  })

  it('shows the domain that was chosen, and another where that is known no more', () => {
    assert.equal(shownCutover(wording, { ...of, chosen: 'fabrikam.com' }).domain, 'fabrikam.com')
    assert.equal(shownCutover(wording, { ...of, chosen: 'gone.example' }).domain, 'contoso.com')
  })
})

describe('the page of the cutover checklist', function () {
  this.timeout(60_000)
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser.close())

  it('leads to each action, takes ticks, and lets nobody begin with a later step', async () => {
    const { page, asked, close } = await panelPage(browser, cutoverChecklist, shown)
    await page.getByRole('button', { name: 'Reconfigure…: Old: stale' }).click()
    await page.getByRole('checkbox', { name: 'Done: Lower the TTL of the MX records' }).click()
    await page.getByRole('button', { name: 'Ask DNS, Autodiscover and the source' }).click()
    await page.getByRole('button', { name: 'Note…: Add the domain to the target and verify it' }).click()
    await waitUntil(() => asked.length === 4)
    assert.deepEqual(asked, [
      { type: 'connection', run: 'reconfigureConnection', id: 'id of Old' },
      { type: 'tick', step: 'lowerTtl', done: true },
      { type: 'ask' },
      { type: 'note', step: 'addDomain' },
    ])
    assert.equal(await page.getByRole('button', { name: 'Delta migration: Move: Old is stale' }).isDisabled(), true)
    await close()
  })

  for (const theme of themeNames) {
    it(`has no serious finding of axe-core in ${theme}`, async () => {
      const { page, complaints, close } = await panelPage(browser, cutoverChecklist, shown, theme)
      await screenshot(page, `cutover-${theme}`)
      assert.deepEqual(await seriousFindings(page), [])
      assert.deepEqual(complaints, [])
      await close()
    })
  }

  it('fits a narrow window, as at 200 % zoom', async () => {
    const viewport = { width: 400, height: 700 }
    const { page, close } = await panelPage(browser, cutoverChecklist, shown, 'dark', viewport)
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), viewport.width)
    await close()
  })
})
