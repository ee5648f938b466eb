import { type Terminal, ThemeIcon, Uri, window } from 'vscode'
import type { SetContext } from '../../views/setContext.ts'

/** The sandbox's terminal: it runs as long as the terminal does. */
export interface Sandbox extends Disposable {
  start(): void
  stop(): void
}

/** The command line is run by the editor's own Node, so that nothing else has to be installed. */
export function createSandbox(extension: Uri, setContext: SetContext): Sandbox {
  let terminal: Terminal | undefined
  const listening = window.onDidCloseTerminal(closed => {
    if (closed !== terminal) return
    terminal = undefined
    setContext('mailferry.sandboxRuns', false)
  })
  return {
    start() {
      terminal ??= window.createTerminal({
        name: 'Mailferry sandbox',
        iconPath: new ThemeIcon('rocket'),
        shellPath: process.execPath,
        shellArgs: [Uri.joinPath(extension, 'dist', 'cli.js').fsPath, 'sandbox'],
        env: { ELECTRON_RUN_AS_NODE: '1' },
      })
      terminal.show()
      setContext('mailferry.sandboxRuns', true)
    },
    stop: () => terminal?.dispose(),
    [Symbol.dispose]: () => listening.dispose(),
  }
}
