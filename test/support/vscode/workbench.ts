import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core'

/** One window of the editor, as a person sees and uses it. */
export interface Workbench {
  readonly page: Page
  /** Runs a command by its full title, from the palette. */
  run(title: string): Promise<void>
  /** Whether the palette has a command of that title. */
  offers(title: string): Promise<boolean>
  /** Chooses a row of the quick pick that is open. */
  pick(text: string | RegExp): Promise<void>
  /** Types into the input box that is open and confirms, once it finds nothing wrong. */
  answer(text: string): Promise<void>
  openContainer(name: string): Promise<void>
  row(name: string | RegExp): Locator
  /** Shows what is below a tree row. */
  expand(row: Locator): Promise<void>
  /** Chooses from a tree row's context menu. */
  menu(row: Locator, item: string | RegExp): Promise<void>
  /** Presses a button of the modal dialog that is open. */
  press(button: string): Promise<void>
  readonly dialog: Locator
  toast(text: string | RegExp): Locator
  status(text: string | RegExp): Locator
  tab(name: string | RegExp): Locator
  /** What runs in the panel that is in front. */
  panel(): FrameLocator
  /**
   * Whether these are together in one thing that the window keeps for being reloaded. In a browser it is written every 5 seconds and not when the page goes, so that a panel
   * opened a moment before a reload doesn't come back.
   */
  keeps(...texts: string[]): Promise<boolean>
}

/** Looks for texts in what the workbench has stored, in all of its databases. */
const isKept = (texts: readonly string[]): string => `(async () => {
  const done = request => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }))
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name))
    const stores = [...database.objectStoreNames]
    const values = await Promise.all(stores.map(store => done(database.transaction(store).objectStore(store).getAll())))
    database.close()
    if (values.flat().some(value => ${JSON.stringify(texts)}.every(text => String(value).includes(text)))) return true
  }
  return false
})()`

/** Opens a window on a folder and waits for the workbench to be usable. */
export async function openWorkbench(profile: BrowserContext, url: string, folder: string): Promise<Workbench> {
  const page = await profile.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${url}/?folder=${encodeURIComponent(folder)}`)
  await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 })
  const widget = page.locator('.quick-input-widget:visible')
  const dialog = page.locator('.monaco-dialog-box')
  const entry = (title: string): Locator => widget.locator('.monaco-list-row', { has: page.getByText(title, { exact: true }) }).first()
  const search = async (title: string): Promise<void> => {
    await page.locator('body').press('F1')
    await widget.locator('input.input').fill(`>${title}`)
  }
  return {
    page,
    dialog,
    async run(title) {
      await search(title)
      await entry(title).click()
    },
    async offers(title) {
      await search(title)
      const none = widget.getByText('No matching commands').or(widget.getByText('similar commands'))
      await entry(title).or(none).first().waitFor()
      const found = await entry(title).isVisible()
      await page.keyboard.press('Escape')
      return found
    },
    pick: text => widget.locator('.monaco-list-row', { hasText: text }).first().click(),
    async answer(text) {
      const input = widget.locator('input.input')
      await input.fill(text)
      await widget
        .locator('.quick-input-message.severity-error')
        .waitFor({ state: 'hidden' })
        .catch(() => {})
      await input.press('Enter')
    },
    openContainer: name => page.getByRole('tab', { name }).first().click(),
    row: name => page.getByRole('treeitem', { name }),
    async expand(row) {
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.locator('.monaco-tl-twistie').click()
    },
    async menu(row, item) {
      const entry = page.getByRole('menuitem', { name: item }).first()
      const comes = (state: 'visible' | 'hidden'): Promise<boolean> =>
        entry.waitFor({ state, timeout: 5000 }).then(
          () => true,
          () => false,
        )
      // A panel that takes the focus as it opens closes the menu.
      for (let tries = 0; tries < 4; tries += 1) {
        await row.click({ button: 'right' })
        if (await comes('visible')) break
      }
      await entry.click()
      // A menu takes no click in the moment that it opens.
      if (!(await comes('hidden'))) await entry.click()
    },
    async press(button) {
      await dialog.getByRole('button', { name: button, exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
    },
    toast: text => page.locator('.notification-toast', { hasText: text }),
    status: text => page.locator('.statusbar-item', { hasText: text }),
    tab: name => page.getByRole('tab', { name }),
    keeps: (...texts) => page.evaluate(isKept(texts)),
    panel: () => page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame'),
  }
}
