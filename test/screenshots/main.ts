import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createActs, fill } from '../e2e/acts.ts'
import { setStage } from '../e2e/stage.ts'
import { createCamera, followScheme } from './camera.ts'

/*
 * `npm run screenshots`: the pictures of the README and of the walkthrough, each in light and dark, taken while the story they tell is played in a real workbench.
 */

const folder = join(import.meta.dirname, '../../docs/images')

/** Bytes, of all of them. */
const largest = 1_000_000

const people = 6
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

await using stage = await setStage({
  sandbox: { people, messagesEach: 400 },
  editor: { settings: followScheme },
  profile: { viewport: { width: 1120, height: 720 } },
})
const window = await stage.openWindow()
const { leaving, receiving } = stage.sandbox
const acts = createActs(window, stage.sandbox)
const take = createCamera(window, folder)

await window.run('Notifications: Toggle Do Not Disturb Mode')
await window.openContainer('Mailferry')
await window.page.getByRole('button', { name: 'New Source Connection' }).first().waitFor()
await window.run('Mailferry: New Source Connection…')
await acts.describeSide('Fabrikam', leaving)
await window.panel().getByRole('textbox', { name: 'Name' }).first().focus()
await take('source')
await acts.test(leaving)
await acts.save('Fabrikam')

await window.run('Mailferry: New Target Connection…')
await acts.describeSide('Northwind', receiving)
await acts.test(receiving)
await window
  .panel()
  .getByRole('link', { name: /^Configuration/ })
  .click()
await take('target')
await acts.save('Northwind')

await window.run('Mailferry: New Migration Job…')
await acts.describeJob('Move', people)
await fill(window.panel(), 'Mailboxes at once', '2')
await window
  .panel()
  .getByRole('link', { name: /^Target and matching/ })
  .click()
await take('job')
await acts.save('Move')

await window.run('Mailferry: Open Dashboard')
await window.expand(window.row(/^Move/).last())
await window.menu(window.row(/^Move/).last(), 'Start')
await window
  .row(/^Move.*[2-5] of 6/)
  .last()
  .waitFor({ timeout: 120_000 })
// It is to be under way until it is taken.
leaving.site.troubles.add({ trouble: { kind: 'delay', milliseconds: 4000 } })
await take('run')
leaving.site.troubles.clear()
await window
  .row(/^Move.*(6 of 6|[Cc]ompleted)/)
  .last()
  .waitFor({ timeout: 300_000 })

stage.sandbox.moveDomain()
await window.menu(window.row(/^Fabrikam/).first(), 'Check for Domain Change')
await window.status('1 stale connection').waitFor({ timeout: 60_000 })
await window.page.keyboard.press('Escape')
await window.run('Mailferry: Open Domain Cutover Checklist')
await window.panel().getByRole('heading', { level: 2 }).first().waitFor()
await take('cutover')

const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
console.log(`${folder}: ${bytes} bytes`)
if (bytes > largest) throw new Error(`more than ${largest} bytes`)
