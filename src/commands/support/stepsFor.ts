import type { StoredError } from '../../domain/pair.ts'
import type { App } from '../app.ts'
import { nextSteps } from '../nextSteps.ts'
import { cures } from './cures.ts'
import { nextStepText } from './nextStepText.ts'

/** The buttons below an error. `connection`: the name of the one it came from, where only the caller knows it. */
export function stepsFor({ mirror, wording }: Pick<App, 'mirror' | 'wording'>, error: StoredError, connection?: string) {
  const canReconfigure = (name: string): boolean => mirror.connections.some(one => one.name === name && one.settings.kind !== 'imap')
  const steps = [...nextSteps(error, canReconfigure), ...(connection === undefined ? [] : cures(connection, error))]
  return steps.map(step => ({ title: nextStepText(wording.l10n, step), step }))
}
