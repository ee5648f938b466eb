import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import type { Office365Side } from '../../src/sandbox/sides/office365Side.ts'
import type { Workbench } from '../support/vscode/workbench.ts'
import { type CommonActs, createCommonActs, fill, press } from './acts.ts'
import type { Stage } from './stage.ts'

/** What a person does with tenants of Office 365. */
export interface TenantActs extends CommonActs {
  /** Fills in the connection wizard that is open, as far as the server. */
  describeTenant(name: string, side: Office365Side): Promise<void>
  /** Presses what asks for a code, and enters it on the sandbox's page as the administrator. */
  signIn(side: Office365Side, button: string): Promise<void>
  test(): Promise<void>
  /** A step of the checklist that is in front. */
  step(id: string): Locator
  /** Waits until a step of the checklist is in a state. */
  stepIs(id: string, state: 'done' | 'open' | 'notNeeded' | 'blocked'): Promise<void>
}

export function createTenantActs(window: Workbench, { folder, profile }: Pick<Stage<unknown>, 'folder' | 'profile'>): TenantActs {
  const step = (id: string): Locator => window.panel().locator(`[data-step="${id}"]`)

  const enterCode = async (code: string, { loginUrl, admin }: Office365Side): Promise<void> => {
    const page = await profile.newPage()
    await page.goto(`${loginUrl}/common/oauth2/deviceauth`)
    await page.getByLabel('Code').fill(code)
    await page.getByLabel('User name').fill(admin.userPrincipalName)
    await page.getByLabel('Password').fill(admin.password)
    await page.getByLabel('Accept the permissions').check()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('You have signed in.').waitFor()
    await page.close()
    await window.page.bringToFront()
  }

  return {
    ...createCommonActs(window),
    async describeTenant(name, { loginUrl, graphUrl }) {
      const panel = window.panel()
      await fill(panel, 'Name', name)
      await panel.getByRole('radio', { name: /^Office 365/ }).click()
      await panel.getByText('Trust and test networks').click()
      await fill(panel, 'Authorities to trust', join(folder, 'ca.pem'))
      await fill(panel, 'Sign-in service in place of Microsoft’s', loginUrl)
      await fill(panel, 'Graph in place of Microsoft’s', graphUrl)
    },
    async signIn(side, button) {
      await press(window, button)
      const code = await window.panel().getByRole('region', { name: 'Code to enter' }).textContent()
      await enterCode(code ?? '', side)
    },
    async test() {
      await press(window, 'Test')
      await window
        .panel()
        .getByText(/^It works\./)
        .first()
        .waitFor()
    },
    step,
    stepIs: (id, state) => window.panel().locator(`[data-step="${id}"][data-state="${state}"]`).waitFor({ timeout: 30_000 }),
  }
}
