import { workspace } from 'vscode'
import { setting } from '../editor/setting.ts'
import { checkable } from '../views/attention.ts'
import { startStaleChecks } from '../views/staleChecks.ts'
import type { App } from './app.ts'

const interval = 'mailferry.checkConnectionsEvery'

/** Checks, unasked, the connections that can be stale; what is found shows in the views and in the status bar. */
export function keepChecking({ engine, log }: Pick<App, 'engine' | 'log'>): Disposable {
  const check = async (): Promise<void> => {
    const names = checkable(await engine.call('connection.list', {}), await engine.call('job.list', {})).map(({ id }) => id)
    if (names.length > 0) await engine.call('connection.check', { names })
  }
  const trouble = (thrown: unknown): void => log.error(String(thrown))
  const checks = startStaleChecks({ check: () => check().catch(trouble), everyMinutes: () => setting(interval) })
  const listening = workspace.onDidChangeConfiguration(change => {
    if (change.affectsConfiguration(interval)) checks.settingChanged()
  })
  return {
    [Symbol.dispose]() {
      checks[Symbol.dispose]()
      listening.dispose()
    },
  }
}
