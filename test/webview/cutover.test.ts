import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import type { DomainLine, JournalLine } from '../../src/rpc/results.ts'
import type { CutoverOf } from '../../src/webview/cutover/facts.ts'
import { cutoverChecklist } from '../../src/webview/cutover/messages.ts'
import { shownCutover } from '../../src/webview/cutover/shownCutover.ts'
import { launchBrowser } from '../support/vscode/browser.ts'
import { themeNames } from '../support/webview/openPage.ts'
import { panelPage } from '../support/webview/panelPage.ts'
import { screenshot } from '../support/webview/screenshot.ts'
import { seriousFindings } from '../support/webview/seriousFindings.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'
import { connection, exchangeSettings, job, stale, verified, wording } from '../views/build.ts'

const old = connection({ name: 'Old', settings: exchangeSettings, verification: verified, usedBy: ['Move'] })
const fresh = connection({ name: 'New', role: 'target', settings: exchangeSettings, verification: verified, usedBy: ['Move'] })
const line = ({ name, role, verification, usedBy }: typeof old, domains: readonly string[]): DomainLine => ({
  connection: name,
  role,
  domains,
  verification,
  usedBy,
})
const entry = (id: number, hour: number, subject: string, what: string, detail?: JournalLine['detail']): JournalLine => ({
  id,
  at: `2026-01-01T${String(hour).padStart(2, '0')}:00:00.000Z`,
  subject,
  what,
  ...(detail === undefined ? {} : { detail }),
})
const declared = entry(1, 8, old.id, 'domain.declared', { domain: 'contoso.com' })
const reconfigured = entry(2, 9, old.id, 'connection.reconfigured')
const move = job({ name: 'Move', wanted: 'run', states: { completed: 3 } })

const undeclared: Omit<CutoverOf, 'domain'> = {
  status: [line(old, ['contoso.com']), line(fresh, ['fabrikam.com'])],
  connections: [old, fresh],
  jobs: [move],
  journal: [],
}
const stales: Omit<CutoverOf, 'domain'> = { ...undeclared, connections: [{ ...old, verification: stale }, fresh], journal: [declared] }
const moved: Omit<CutoverOf, 'domain'> = {
  ...undeclared,
  status: [line(old, ['old.example']), line(fresh, ['fabrikam.com'])],
  journal: [declared, reconfigured],
}
const states = (of: Omit<CutoverOf, 'domain'>, domain?: string) =>
  shownCutover(wording, of, domain).steps.map(({ id, items }) => [id, items.map(({ state }) => state)])

describe('the checklist of a domain cutover', () => {
  it('begins with the declaration, for the connections that depend on the domain', () => {
    assert.deepEqual(states(undeclared, 'contoso.com'), [
      ['declare', ['open']],
      ['reconfigure-source', ['later']],
      ['reconfigure-target', []],
      ['refresh', ['later']],
      ['delta', ['later']],
      ['verify', ['later']],
    ])
  })

  it('asks for the reconfiguration of what was declared', () => {
    assert.deepEqual(states(stales).slice(0, 2), [
      ['declare', ['done']],
      ['reconfigure-source', ['open']],
    ])
  })

  it('still knows of a connection that depends on the domain no more, for it was reconfigured', () => {
    assert.deepEqual(states(moved), [
      ['declare', ['done']],
      ['reconfigure-source', ['done']],
      ['reconfigure-target', []],
      ['refresh', ['open']],
      ['delta', ['open']],
      ['verify', ['untold']],
    ])
  })

  it('ticks off what was done since, and nothing that was done before', () => {
    const early = entry(0, 7, move.id, 'job.started')
    const refreshed = entry(3, 10, 'a pair', 'pair.addressRefreshed')
    const started = entry(4, 11, move.id, 'job.started')
    assert.deepEqual(states({ ...moved, journal: [early, declared, reconfigured] }).slice(3, 5), [
      ['refresh', ['open']],
      ['delta', ['open']],
    ])
    assert.deepEqual(states({ ...moved, journal: [early, declared, reconfigured, refreshed, started] }).slice(3, 5), [
      ['refresh', ['done']],
      ['delta', ['done']],
    ])
  })

  it('forgets a declaration that was taken back', () => {
    const undone = entry(2, 9, old.id, 'domain.declarationUndone', { domain: 'contoso.com' })
    assert.deepEqual(states({ ...undeclared, journal: [declared, undone] }, 'contoso.com')[0], ['declare', ['open']])
  })
})

describe('the page of the cutover checklist', function () {
  this.timeout(60_000)
  let browser: Browser
  before(async () => {
    browser = await launchBrowser()
  })
  after(() => browser.close())

  it('leads to each action, and lets nobody begin with a later step', async () => {
    const { page, asked, close } = await panelPage(browser, cutoverChecklist, shownCutover(wording, stales, undefined))
    await page.getByRole('button', { name: 'Reconfigure…: Old' }).click()
    await waitUntil(() => asked.length === 1)
    assert.deepEqual(asked, [{ type: 'reconfigure', id: 'id of Old' }])
    assert.equal(await page.getByRole('button', { name: 'Delta migration: Job “Move”' }).isDisabled(), true)
    await close()
  })

  for (const theme of themeNames) {
    it(`has no serious finding of axe-core in ${theme}`, async () => {
      const { page, complaints, close } = await panelPage(browser, cutoverChecklist, shownCutover(wording, moved, undefined), theme)
      await screenshot(page, `cutover-${theme}`)
      assert.deepEqual(await seriousFindings(page), [])
      assert.deepEqual(complaints, [])
      await close()
    })
  }
})
