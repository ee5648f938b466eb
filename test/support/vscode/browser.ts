import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })

/**
 * A person's browser. It keeps the secrets: this server has no part of their key, so it is given one here, and they outlive a restart on the same port.
 * Nothing but the workbench itself is reached; webviews come from `vscode-cdn.net`, which the workbench's service worker answers.
 */
export async function openProfile(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  await context.route('**/mint-key', route => route.fulfill({ contentType: 'application/octet-stream', body: Buffer.alloc(32, 7) }))
  await context.route(
    ({ hostname }) => hostname !== '127.0.0.1' && !hostname.endsWith('.vscode-cdn.net'),
    route => route.abort(),
  )
  return context
}
