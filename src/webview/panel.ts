import { randomBytes } from 'node:crypto'
import * as vscode from 'vscode'
import { panelHtml } from './panelHtml.ts'
import type { PanelKind } from './panelKind.ts'

/** One open panel. The host holds all that a person typed, so that hiding the page loses nothing; a page that comes back is shown the state again. */
export interface Panel<State> extends vscode.Disposable {
  readonly title: string
  show(state: State): void
  rename(title: string): void
  reveal(): void
  readonly onDidDispose: vscode.Event<void>
}

export interface PanelHost {
  readonly extensionUri: vscode.Uri
  readonly log: { warn(message: string): void }
}

interface Options<State, Message> {
  readonly kind: PanelKind<State, Message>
  readonly title: string
  readonly state: State
  readonly onMessage: (message: Message, panel: Panel<State>) => void
  /** What the workbench gives back after the window was reloaded. Never has a secret in it. */
  readonly memory?: (state: State) => unknown
  /** The panel that the workbench restored, instead of a new one. */
  readonly restored?: vscode.WebviewPanel
}

/** Milliseconds: what is remembered may be large, and is for a reload alone. */
const rememberAfter = 300

/** Opens a panel beside the editors, or fills one that the workbench restored. */
export function openPanel<State, Message>(host: PanelHost, options: Options<State, Message>): Panel<State> {
  const { kind, onMessage, memory } = options
  const ui = vscode.Uri.joinPath(host.extensionUri, 'dist', 'ui')
  const webviewOptions = { enableScripts: true, localResourceRoots: [ui] }
  const view = options.restored ?? vscode.window.createWebviewPanel(kind.viewType, options.title, vscode.ViewColumn.Active, webviewOptions)
  view.webview.options = webviewOptions
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(host.extensionUri, 'media', theme, 'mailferry.svg')
  view.iconPath = { light: icon('light'), dark: icon('dark') }
  let state = options.state
  let remembering: NodeJS.Timeout | undefined
  const send = (): void => {
    void view.webview.postMessage({ type: 'state', state })
    if (memory !== undefined) remembering ??= setTimeout(remember, rememberAfter, memory)
  }
  const remember = (of: (state: State) => unknown): void => {
    remembering = undefined
    void view.webview.postMessage({ type: 'memory', memory: of(state) })
  }

  const panel: Panel<State> = {
    get title() {
      return view.title
    },
    show(next) {
      state = next
      send()
    },
    rename(title) {
      view.title = title
    },
    reveal: () => view.reveal(),
    onDidDispose: view.onDidDispose,
    dispose: () => view.dispose(),
  }
  view.webview.onDidReceiveMessage((received: unknown) => {
    if (isReady(received)) return send()
    const checked = kind.message.safeParse(received)
    if (checked.success) onMessage(checked.data, panel)
    else host.log.warn(`${kind.viewType}: a message of an unknown form was dropped`)
  })
  view.onDidDispose(() => clearTimeout(remembering))
  view.title = options.title
  view.webview.html = panelHtml({
    title: options.title,
    script: view.webview.asWebviewUri(vscode.Uri.joinPath(ui, `${kind.script}.js`)).toString(),
    cspSource: view.webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    language: vscode.env.language,
  })
  return panel
}

const isReady = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready'
