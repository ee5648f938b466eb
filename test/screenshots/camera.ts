import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Workbench } from '../support/vscode/workbench.ts'

/** Settings that have the workbench follow the browser's colour scheme, so that one window is taken in both. */
export const followScheme = { 'window.autoDetectColorScheme': true }

const schemes = { light: '.monaco-workbench:not(.vs-dark)', dark: '.monaco-workbench.vs-dark' } as const

/** How often a picture is taken again until two are equal; what moves, such as progress, never is. */
const tries = 8

/** Takes what a window shows, as `NAME-light.webp` and `NAME-dark.webp` in a folder. */
export function createCamera({ page }: Workbench, folder: string): (name: string) => Promise<void> {
  return async name => {
    // Nothing is to look hovered over.
    await page.mouse.move(0, 0)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.locator(schemes[colorScheme]).waitFor()
      writeFileSync(join(folder, `${name}-${colorScheme}.webp`), await whenSettled(page))
    }
  }
}

async function whenSettled(page: Page): Promise<Buffer> {
  const browser = await page.context().newCDPSession(page)
  const take = async (): Promise<Buffer> => {
    const { data } = await browser.send('Page.captureScreenshot', { format: 'webp', quality: 75 })
    return Buffer.from(data, 'base64')
  }
  let picture = await take()
  for (let count = 0; count < tries; count += 1) {
    await sleep(250)
    const next = await take()
    if (next.equals(picture)) break
    picture = next
  }
  await browser.detach()
  return picture
}
