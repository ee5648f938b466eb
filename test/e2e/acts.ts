import assert from 'node:assert/strict'
import type { FrameLocator } from 'playwright-core'
import type { Sandbox, SandboxSide } from '../../src/sandbox/world.ts'
import type { Workbench } from '../support/vscode/workbench.ts'
import { createKeyboard } from './keyboard.ts'

/** What a person does in one window, whatever the servers. */
export interface CommonActs {
  /** Saves what the wizard has, and waits until the tree has it and the wizard is gone: another of the same kind would be the same panel. */
  save(name: string): Promise<void>
  /** Fills the job wizard that is open in, with the mailboxes of `pairs.csv`. */
  describeJob(name: string, mailboxes: number): Promise<void>
}

/** What a person does in one window with the sandbox's two organisations. */
export interface Acts extends CommonActs {
  /** Trusts the folder, led by the view that says why nothing is done there. */
  trustFolder(): Promise<void>
  /** Fills in the connection wizard that is open for one side. */
  describeSide(name: string, side: SandboxSide): Promise<void>
  /** Has the wizard's checks run, and trusts each certificate that isn't known once it is shown. */
  test(side: SandboxSide): Promise<void>
  /** The same with the keyboard alone, from the palette to a saved connection. */
  connectByKeyboard(name: string, side: SandboxSide): Promise<void>
  /** Fills the wizard that reconfigures in with what a side is after the domain moved, and has it done. */
  reconfigure(side: SandboxSide): Promise<void>
}

export const fill = (panel: FrameLocator, name: string, text: string): Promise<void> =>
  panel.getByRole('textbox', { name }).first().fill(text)

/** Presses a button of the panel that is in front. */
export const press = (window: Workbench, name: string): Promise<void> => window.panel().getByRole('button', { name, exact: true }).click()

const saved = async (window: Workbench, name: string): Promise<void> => {
  await window
    .row(new RegExp(`^${name}`))
    .first()
    .waitFor()
  await window
    .tab(/^New (source|target) connection|^New job/)
    .first()
    .waitFor({ state: 'detached' })
}

export const createCommonActs = (window: Workbench): CommonActs => ({
  async save(name) {
    await press(window, 'Save')
    await saved(window, name)
  },
  async describeJob(name, mailboxes) {
    const panel = window.panel()
    await fill(panel, 'Name', name)
    await panel.getByRole('button', { name: 'Choose CSV or Get-Mailbox export…' }).click()
    await window.pick('pairs.csv')
    await panel.getByText(`1 to ${mailboxes} of ${mailboxes}; 0 without a target`).waitFor()
  },
})

export function createActs(window: Workbench, sandbox: Sandbox): Acts {
  const keyboard = createKeyboard(window)
  const domainOf = ({ admin }: SandboxSide): string => admin.userPrincipalName.split('@')[1] ?? ''

  const signIn = async (panel: FrameLocator, side: SandboxSide): Promise<void> => {
    await fill(panel, 'Domain of the mailboxes’ addresses', domainOf(side))
    await fill(panel, 'User name', side.admin.userPrincipalName)
    await fill(panel, 'Password', side.admin.password)
  }

  const pressByKeyboard = async (button: string): Promise<void> => {
    await keyboard.tabTo(button)
    await keyboard.press('Enter')
  }
  /** Each certificate that isn't known is shown by its fingerprint, and trusted: that of Autodiscover, and that of the server it leads to. */
  const trustEach = async ({ certificate }: SandboxSide, trust: () => Promise<void>): Promise<void> => {
    const panel = window.panel()
    const works = panel.getByText(/^It works\./).first()
    const asked = panel.getByRole('button', { name: 'Trust this certificate' }).first()
    for (let certificates = 0; certificates < 3; certificates += 1) {
      await works.or(asked).first().waitFor()
      if (await works.isVisible()) return
      const [first, second] = [certificate, sandbox.discovery.certificate].map(({ fingerprint }) =>
        panel.getByText(colons(fingerprint)).first(),
      )
      assert.ok(first && second)
      const shown = (await first.isVisible()) ? first : second
      await shown.waitFor()
      await trust()
      // The other one may be shown next, with a button of the same name.
      await shown.waitFor({ state: 'hidden' })
    }
    await works.waitFor()
  }

  return {
    ...createCommonActs(window),
    async trustFolder() {
      await window.page.getByRole('button', { name: 'Manage Workspace Trust' }).first().click()
      await window.page.getByRole('button', { name: 'Trust', exact: true }).click()
      await window.page.getByText('You trust this folder').waitFor()
      await window.page.keyboard.press('Escape')
    },
    async describeSide(name, side) {
      const panel = window.panel()
      await fill(panel, 'Name', name)
      await fill(panel, 'Autodiscover server to ask first', new URL(sandbox.discovery.url).host)
      await signIn(panel, side)
    },
    async test(side) {
      await press(window, 'Test')
      await trustEach(side, () => press(window, 'Trust this certificate'))
    },
    async connectByKeyboard(name, side) {
      await window.page.keyboard.press('F1')
      await keyboard.type(`Mailferry: New ${side === sandbox.leaving ? 'Source' : 'Target'} Connection…`)
      await keyboard.press('Enter')
      await window.panel().getByRole('heading', { level: 1 }).waitFor()
      const fields = [
        ['Name', name],
        ['Domain of the mailboxes’ addresses', domainOf(side)],
        ['Autodiscover server to ask first (optional)', new URL(sandbox.discovery.url).host],
        ['User name', side.admin.userPrincipalName],
        ['Password', side.admin.password],
      ] as const
      for (const [field, text] of fields) {
        await keyboard.tabTo(field)
        await keyboard.type(text)
      }
      await pressByKeyboard('Test')
      await trustEach(side, () => pressByKeyboard('Trust this certificate'))
      await pressByKeyboard('Save')
      await saved(window, name)
    },
    async reconfigure(side) {
      await signIn(window.panel(), side)
      await press(window, 'Reconfigure')
      await window
        .tab(/Reconfigure/)
        .first()
        .waitFor({ state: 'detached', timeout: 60_000 })
    },
  }
}

const colons = (hex: string): string => (hex.toUpperCase().replaceAll(':', '').match(/../g) ?? []).join(':')
