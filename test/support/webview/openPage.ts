import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { pages } from '../../../scripts/pages.mjs'
import { panelHtml } from '../../../src/webview/panelHtml.ts'
import type { PanelKind } from '../../../src/webview/panelKind.ts'
import { tempDir } from '../tempDir.ts'
import themes from './themes.json' with { type: 'json' }

export type Theme = keyof typeof themes
export const themeNames: readonly Theme[] = ['dark', 'light', 'highContrast', 'highContrastLight']

export interface OpenedPage<State> {
  readonly page: Page
  /** What broke the page’s policy or threw in it. */
  readonly complaints: readonly string[]
  /** What the page gave the workbench to remember. */
  remembered(): Promise<unknown>
  show(state: State): Promise<void>
  close(): Promise<void>
}

interface Options<State, Message> {
  readonly kind: PanelKind<State, Message>
  readonly state: State
  readonly onMessage?: (message: Message) => void
  readonly theme?: Theme
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly memory?: (state: State) => unknown
}

/** The built pages, once in a process. */
let built: Promise<string> | undefined
const buildPages = async (): Promise<string> => {
  const { path } = tempDir()
  await build({ ...pages, outdir: path })
  return path
}

/** Opens a panel's page as the workbench does: the real bundle, the real policy, real theme colours; what it says is checked as the host does. */
export async function openPage<State, Message>(browser: Browser, options: Options<State, Message>): Promise<OpenedPage<State>> {
  const { kind, theme = 'dark', viewport = { width: 1000, height: 900 } } = options
  built ??= buildPages()
  const script = readFileSync(join(await built, `${kind.script}.js`))
  const nonce = randomBytes(16).toString('base64url')
  const server = createServer((request, response) => {
    if (request.url === '/page.js') return response.setHeader('content-type', 'text/javascript').end(script)
    const html = panelHtml({ title: kind.viewType, script: '/page.js', cspSource: 'http://127.0.0.1', nonce, language: 'en' })
    return response.setHeader('content-type', 'text/html').end(html)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  // Proof of the cast: a listening TCP server has such an address.
  const { port } = server.address() as AddressInfo
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  const complaints: string[] = []
  let state = options.state
  const show = async (next: State): Promise<void> => {
    state = next
    const memory = options.memory?.(next)
    for (const message of [
      { type: 'state', state: next },
      { type: 'memory', memory },
    ]) {
      await page.evaluate(said => Reflect.get(globalThis, 'postMessage')(said), message)
    }
  }
  page.on('pageerror', error => complaints.push(error.message))
  await page.exposeBinding('sayToHost', async (_source, message: unknown) => {
    if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready') return show(state)
    if (typeof message === 'object' && message !== null && 'complaint' in message) return void complaints.push(String(message.complaint))
    const checked = kind.message.safeParse(message)
    if (checked.success) options.onMessage?.(checked.data)
    else complaints.push(`a message of an unknown form: ${JSON.stringify(message)}`)
  })
  await page.addInitScript(workbench, themes[theme])
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.locator('main').waitFor()
  return {
    page,
    complaints,
    remembered: () => page.evaluate(() => Reflect.get(globalThis, 'remembered')),
    show,
    async close() {
      await context.close()
      server.close()
    },
  }
}

/** Runs in the browser, before the page: what the workbench does to each webview. */
function workbench({ body, variables }: (typeof themes)[Theme]): void {
  const document = Reflect.get(globalThis, 'document')
  const sayToHost = Reflect.get(globalThis, 'sayToHost')
  Reflect.set(globalThis, 'acquireVsCodeApi', () => ({
    postMessage: sayToHost,
    setState: (state: unknown) => Reflect.set(globalThis, 'remembered', state),
  }))
  document.addEventListener('securitypolicyviolation', (event: { violatedDirective: string; blockedURI: string }) =>
    sayToHost({ complaint: `${event.violatedDirective} ${event.blockedURI}` }),
  )
  document.addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value)
    document.body.className = body
    Object.assign(document.body.style, {
      margin: '0',
      padding: '0 20px',
      backgroundColor: 'var(--vscode-editor-background)',
      color: 'var(--vscode-editor-foreground)',
    })
  })
}
