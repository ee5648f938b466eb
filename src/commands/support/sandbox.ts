import { setTimeout as sleep } from 'node:timers/promises'
import { type Terminal, ThemeIcon, Uri, window, workspace } from 'vscode'
import type { SetContext } from '../../views/setContext.ts'

/** The sandbox's terminal: it runs as long as the terminal does. */
export interface Sandbox extends Disposable {
  /** Answers the plan that defines both of its organisations, once it can be applied; nothing where it ran already, or was ended before. */
  start(): Promise<Uri | undefined>
  stop(): void
}

export interface SandboxOptions {
  /** Where the extension is installed. */
  readonly extension: Uri
  /** Where the sandbox writes its plan, its secrets and its certificates: files of its own, that are replaced each time. */
  readonly place: Uri
  readonly setContext: SetContext
}

/** Milliseconds. */
const lookEvery = 250

/** The command line is run by the editor's own Node, so that nothing else has to be installed. */
export function createSandbox({ extension, place, setContext }: SandboxOptions): Sandbox {
  let terminal: Terminal | undefined
  const listening = window.onDidCloseTerminal(closed => {
    if (closed !== terminal) return
    terminal = undefined
    setContext('mailferry.sandboxRuns', false)
  })
  const start = (): Terminal =>
    window.createTerminal({
      name: 'Mailferry sandbox',
      iconPath: new ThemeIcon('rocket'),
      shellPath: process.execPath,
      shellArgs: [Uri.joinPath(extension, 'dist', 'cli.js').fsPath, 'sandbox', '--dir', place.fsPath],
      env: { ELECTRON_RUN_AS_NODE: '1' },
    })
  return {
    async start() {
      if (terminal !== undefined) {
        terminal.show()
        return undefined
      }
      // The last file it writes: when this one is there, the plan is, and both servers listen.
      const last = Uri.joinPath(place, 'control.json')
      await remove(last)
      const own = start()
      terminal = own
      own.show()
      setContext('mailferry.sandboxRuns', true)
      while (terminal === own) {
        if (await exists(last)) return Uri.joinPath(place, 'plan.json')
        await sleep(lookEvery)
      }
      return undefined
    },
    stop: () => terminal?.dispose(),
    [Symbol.dispose]: () => listening.dispose(),
  }
}

const exists = (file: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(file)).then(
    () => true,
    () => false,
  )

async function remove(file: Uri): Promise<void> {
  if (await exists(file)) await workspace.fs.delete(file)
}
