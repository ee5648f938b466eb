import { window } from 'vscode'
import { MailferryError } from '../../domain/errors.ts'
import { describe } from '../../domain/errorText.ts'
import type { StoredError } from '../../domain/pair.ts'
import { packError } from '../../rpc/packedError.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import type { App } from '../app.ts'
import { stepsFor } from './stepsFor.ts'
import { takeStep } from './takeStep.ts'
import { withProgress } from './withProgress.ts'

/** Tests connections one after the other; the outcome of all is told once, and each failure with its cure. */
export async function testAll(app: App, connections: readonly ConnectionSummary[]): Promise<void> {
  const { l10n, number } = app.wording
  const failures: [ConnectionSummary, StoredError][] = []
  let tested = 0
  await withProgress(l10n.t('Testing connections…'), async (signal, say) => {
    for (const [at, connection] of connections.entries()) {
      say(connection.name, at / connections.length)
      // One that can't even be tried mustn't keep the others from it.
      const failure = await test(app, connection, signal).catch(packError)
      if (signal.aborted) return
      tested += 1
      if (failure !== undefined) failures.push([connection, failure])
    }
  })
  for (const [connection, failure] of failures) void tell(app, connection, failure)
  const good = tested - failures.length
  const [only, ...more] = connections
  if (good === 1 && only !== undefined && more.length === 0) void window.showInformationMessage(l10n.t('“{0}” works.', only.name))
  else if (good > 0) void window.showInformationMessage(l10n.t('{0} of {1} connections work.', number(good), number(connections.length)))
}

/** The error of the first check that failed, if any. */
async function test(app: App, { id }: ConnectionSummary, signal: AbortSignal): Promise<StoredError | undefined> {
  let failure: StoredError | undefined
  const { recorded } = await app.engine.call(
    'connection.test',
    { name: id },
    {
      signal,
      emit(event) {
        if (event.event === 'check' && event.state === 'failed') failure ??= event.error
      },
    },
  )
  return recorded === undefined ? (failure ?? new MailferryError('internal', { detail: 'a check failed without a reason' })) : undefined
}

async function tell(app: App, { name }: ConnectionSummary, failure: StoredError): Promise<void> {
  const { message, next } = describe(failure)
  const steps = stepsFor(app, failure, name)
  const chosen = await window.showErrorMessage(`${name}: ${message} ${next}`, ...steps)
  if (chosen !== undefined) await takeStep(app, chosen.step)
}
