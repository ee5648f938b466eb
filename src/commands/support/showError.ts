import { window } from 'vscode'
import { asMailferryError } from '../../domain/asMailferryError.ts'
import { isError } from '../../domain/errors.ts'
import { packError } from '../../rpc/packError.ts'
import type { App } from '../app.ts'
import { stepsFor } from './stepsFor.ts'
import { takeStep } from './takeStep.ts'

/** Codes that answer a rule: they wait for the person, instead of passing by in a corner. */
const refusals = ['inUse', 'imap.hostChanged', 'stale', 'reconfigure.impossible', 'immutable'] as const

/** Says what went wrong, with what to do about it. */
export async function showError(app: App, thrown: unknown): Promise<void> {
  const error = asMailferryError(thrown)
  const { message, next } = app.wording.describe(error)
  const steps = stepsFor(app, packError(thrown))
  const chosen = isError(error, 'stopped')
    ? await window.showInformationMessage(`${message} ${next}`, ...steps)
    : isError(error, ...refusals)
      ? await window.showWarningMessage(message, { modal: true, detail: next }, ...steps)
      : await window.showErrorMessage(`${message} ${next}`, ...steps)
  if (chosen !== undefined) await takeStep(app, chosen.step)
}
