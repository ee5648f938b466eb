import { join } from 'node:path'
import { commands, type ExtensionContext, ExtensionMode, env, l10n, Uri, window, workspace } from 'vscode'
import type { App } from './commands/app.ts'
import { fullId } from './commands/commandTable.ts'
import { handlers } from './commands/handlers.ts'
import { keepChecking } from './commands/keepChecking.ts'
import { panelHandlers } from './commands/panelHandlers.ts'
import { registerCommands } from './commands/register.ts'
import { startNotifying } from './commands/startNotifying.ts'
import { createDocuments } from './commands/support/documents.ts'
import { movePairs } from './commands/support/movePairs.ts'
import { createSandbox } from './commands/support/sandbox.ts'
import { offerCommandLine } from './editor/commandLine.ts'
import { followEngineLog } from './editor/engineLog.ts'
import { ownDisposables } from './editor/ownDisposables.ts'
import { createSecretVault } from './editor/secretVault.ts'
import { setting } from './editor/setting.ts'
import { startEngine } from './editor/startEngine.ts'
import { createViews } from './views/createViews.ts'
import { decorateRows } from './views/decorations.ts'
import { createMirror } from './views/mirror.ts'
import { createSetContext, followContext } from './views/setContext.ts'
import { createSpeeds } from './views/speeds.ts'
import { createStatusBar } from './views/statusBar.ts'
import { createWording } from './views/wording.ts'
import { createPanels } from './webview/createPanels.ts'

/**
 * Nothing is opened for a folder that isn't trusted: what runs goes on in its engine, and the views say why they are empty. Other extensions get nothing;
 * tests get what was wired.
 */
export function activate(context: ExtensionContext): App | undefined {
  if (!workspace.isTrusted) {
    context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(() => void start(context)))
    return undefined
  }
  const app = start(context)
  return context.extensionMode === ExtensionMode.Test ? app : undefined
}

/** Wires everything and waits for nothing: the engine starts meanwhile, and calls wait for it. */
function start({
  subscriptions,
  extension,
  extensionUri,
  globalState,
  globalStorageUri,
  logUri,
  secrets: storage,
  environmentVariableCollection,
}: ExtensionContext): App {
  const { own, keep } = ownDisposables(subscriptions)
  const log = keep(window.createOutputChannel('Mailferry', { log: true }))
  const trouble = (thrown: unknown): void => log.error(String(thrown))
  const secrets = keep(createSecretVault({ storage, memento: globalState, now: Date.now }))
  const logFile = join(logUri.fsPath, 'engine.log')
  const ledger = setting('mailferry.ledger')
  const engine = keep(
    startEngine({
      bundle: join(extensionUri.fsPath, 'dist', 'engine.js'),
      version: String(extension.packageJSON.version),
      storage: globalStorageUri.fsPath,
      log: logFile,
      secretOf: secrets.get,
      ...(ledger === '' ? {} : { ledger }),
    }),
  )
  keep(followEngineLog(logFile, log))

  const wording = createWording({ l10n, locale: env.language, now: Date.now })
  const mirror = own(createMirror({ engine, onTrouble: trouble }))
  const speeds = own(createSpeeds(engine.onProgress, Date.now))
  const setContext = createSetContext()
  own(followContext(mirror, setContext))
  const move: App['movePairs'] = (job, pairs, before) => movePairs({ engine, mirror }, job, pairs, before)
  const views = own(createViews({ mirror, speeds, wording, extension: extensionUri, movePairs: move }))
  own(decorateRows(mirror, wording))
  own(createStatusBar(mirror, speeds, wording))
  const sandbox = own(createSandbox({ extension: extensionUri, place: Uri.joinPath(globalStorageUri, 'sandbox'), setContext }))
  const documents = own(createDocuments())
  const run: App['run'] = async (id, ...args) => commands.executeCommand(fullId(id), ...args)
  const app: App = { engine, mirror, views, wording, log, secrets, sandbox, documents, setContext, run, movePairs: move }
  const panels = own(createPanels(app, { extensionUri, log, speeds }))
  own(registerCommands(app, { ...handlers, ...panelHandlers(panels) }))
  own(startNotifying(app, secrets))
  own(keepChecking(app))
  const commandLine = { bundle: join(extensionUri.fsPath, 'dist', 'cli.js'), storage: globalStorageUri.fsPath, node: process.execPath }
  void offerCommandLine({ ...commandLine, environment: environmentVariableCollection }).catch(trouble)
  return app
}
