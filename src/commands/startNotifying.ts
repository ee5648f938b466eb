import { watchOutcomes } from '../editor/outcomes.ts'
import type { SecretVault } from '../editor/secretVault.ts'
import type { App } from './app.ts'
import { notifyOutcome, notifySecretNeeded, notifyStorageTrouble } from './notify.ts'

/** Tells the person what happens by itself, and the engine when a secret was given, in whichever window. */
export function startNotifying(app: App, secrets: SecretVault): Disposable {
  const { engine, log } = app
  const outcomes = watchOutcomes(engine)
  const trouble = (thrown: unknown): void => log.error(String(thrown))
  const listening = [
    outcomes,
    outcomes.onOutcome(outcome => void notifyOutcome(app, outcome)),
    engine.onSecretNeeded(needed => void notifySecretNeeded(app, needed)),
    secrets.onTrouble(found => void notifyStorageTrouble(app, found)),
    secrets.onGiven(connection => void engine.call('connection.secretGiven', { name: connection }).catch(trouble)),
  ]
  void secrets.check().then(found => found && notifyStorageTrouble(app, found))
  return {
    [Symbol.dispose]() {
      for (const one of listening) one.dispose()
    },
  }
}
