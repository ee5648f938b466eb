import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, BrowserContextOptions } from 'playwright-core'
import { type AnySide, planFiles } from '../../src/sandbox/exports.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/world.ts'
import { privateFile } from '../support/cli.ts'
import { tempDir } from '../support/tempDir.ts'
import { launchBrowser, openProfile } from '../support/vscode/browser.ts'
import { packedExtension } from '../support/vscode/packed.ts'
import { installVsix, startVsCode, type VsCode, type VsCodeOptions } from '../support/vscode/server.ts'
import { openWorkbench, type Workbench } from '../support/vscode/workbench.ts'

/** An editor with the installed VSIX, beside two organisations; the files of a migration between them lie in its folder. */
export interface Stage<World = Sandbox> extends AsyncDisposable {
  readonly sandbox: World
  readonly editor: VsCode
  readonly folder: string
  readonly profile: BrowserContext
  /** The file of the ledger that the extension uses. */
  readonly ledger: string
  /** The browser of another person, who knows none of the first one's secrets. */
  openProfile(): Promise<BrowserContext>
  /** A window of the first person's on the folder, unless another of either is said. */
  openWindow(other?: { readonly profile?: BrowserContext; readonly folder?: string }): Promise<Workbench>
}

export interface StageOptions {
  readonly editor?: Partial<Pick<VsCodeOptions, 'settings' | 'env' | 'workspaceTrust'>>
  readonly profile?: BrowserContextOptions
}

/** Beside two Exchange organisations. */
export const setStage = ({ sandbox, ...options }: StageOptions & { readonly sandbox: SandboxOptions }): Promise<Stage> =>
  setStageBeside(() => startSandbox(sandbox), options)

/** Beside organisations of any two kinds. */
export async function setStageBeside<World extends Sandbox<AnySide, AnySide>>(
  start: () => Promise<World>,
  { editor: options = {}, profile: browsing }: StageOptions = {},
): Promise<Stage<World>> {
  await using owned = new AsyncDisposableStack()
  const dir = owned.use(tempDir())
  const folder = join(dir.path, 'workspace')
  mkdirSync(folder)
  installVsix(dir.path, packedExtension().vsix)
  // All three take their time, and none waits for another.
  const [sandbox, editor, browser] = await Promise.all([
    start().then(started => owned.use(started)),
    startVsCode({ ...options, dir: dir.path, env: { XDG_DATA_HOME: join(dir.path, 'data'), ...options.env } }).then(started =>
      owned.use(started),
    ),
    launchBrowser().then(started => owned.use(started)),
  ])
  for (const [name, content] of Object.entries(planFiles(sandbox))) privateFile(folder, name, content)
  const profile = await openProfile(browser, browsing)
  const kept = owned.move()
  return {
    sandbox,
    editor,
    folder,
    profile,
    ledger: join(dir.path, 'data', 'mailferry', 'ledger.db'),
    openProfile: () => openProfile(browser, browsing),
    openWindow: other => openWorkbench(other?.profile ?? profile, editor.url, other?.folder ?? folder),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
