import { window } from 'vscode'
import type { StoredError } from '../../domain/pair.ts'
import { packError } from '../../rpc/packError.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import type { Wording } from '../../views/wording.ts'
import type { App } from '../app.ts'
import { type Refusal, tellRefusals } from './actOnEach.ts'
import { stepsFor } from './stepsFor.ts'
import { takeStep } from './takeStep.ts'
import { withProgress } from './withProgress.ts'

/** What a test came to: nothing where all is well. */
type Finding = { readonly failure: StoredError } | 'unfinished' | 'stopped' | undefined

/** Tests connections one after the other and tells the outcome of all at once; of one alone with its cures. */
export async function testAll(app: App, connections: readonly ConnectionSummary[]): Promise<void> {
  const [only, ...more] = connections
  if (only !== undefined && more.length === 0) return testOne(app, only)
  const { l10n, number } = app.wording
  const refusals: Refusal[] = []
  let good = 0
  await withProgress(l10n.t('Testing connections…'), async (signal, say) => {
    for (const [at, connection] of connections.entries()) {
      say(connection.name, at / connections.length)
      const finding = await test(app, connection, {}, signal)
      if (finding === 'stopped') return
      if (finding === undefined) good += 1
      else refusals.push({ name: connection.name, why: findingText(app.wording, finding) })
    }
  })
  const done = l10n.t('{0} of {1} connections work.', number(good), number(connections.length))
  if (refusals.length > 0) return tellRefusals(app, refusals, done)
  void window.showInformationMessage(done)
}

const findingText = (wording: Wording, finding: Exclude<Finding, 'stopped' | undefined>): string =>
  finding === 'unfinished'
    ? wording.l10n.t('It needs a mailbox to open: test it alone, and name one.')
    : wording.describe(finding.failure).message

async function testOne(app: App, connection: ConnectionSummary, mailbox?: string): Promise<void> {
  const { l10n } = app.wording
  const { name } = connection
  const finding = await withProgress(l10n.t('Testing “{0}”…', name), signal =>
    test(app, connection, mailbox === undefined ? {} : { mailbox }, signal),
  )
  if (finding === undefined) return void window.showInformationMessage(l10n.t('“{0}” works.', name))
  if (finding === 'stopped') return
  if (finding !== 'unfinished') return tell(app, connection, finding.failure)
  const named = await window.showInputBox({
    title: l10n.t('Mailbox to open on “{0}”', name),
    prompt: l10n.t('No job uses the connection yet, so the test needs the address of a mailbox there.'),
    ignoreFocusOut: true,
  })
  if (named !== undefined && named.trim() !== '') await testOne(app, connection, named.trim())
}

/** One that can't even be tried is a failure like others, so that it keeps none of them from their test. */
async function test(app: App, { id }: ConnectionSummary, more: { readonly mailbox?: string }, signal: AbortSignal): Promise<Finding> {
  let failure: StoredError | undefined
  try {
    const { recorded } = await app.engine.call(
      'connection.test',
      { name: id, ...more },
      {
        signal,
        emit(event) {
          if (event.event === 'check') failure ??= event.error
        },
      },
    )
    if (signal.aborted) return 'stopped'
    if (failure !== undefined) return { failure }
    return recorded === undefined ? 'unfinished' : undefined
  } catch (thrown) {
    return signal.aborted ? 'stopped' : { failure: packError(thrown) }
  }
}

async function tell(app: App, { name }: ConnectionSummary, failure: StoredError): Promise<void> {
  const { message, next } = app.wording.describe(failure)
  const steps = stepsFor(app, failure, name)
  const chosen = await window.showErrorMessage(`${name}: ${message} ${next}`, ...steps)
  if (chosen !== undefined) await takeStep(app, chosen.step)
}
