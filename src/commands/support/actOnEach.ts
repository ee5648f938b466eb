import { CancellationError, window } from 'vscode'
import { asMailferryError } from '../../domain/asMailferryError.ts'
import { isError } from '../../domain/errors.ts'
import type { StoredError } from '../../domain/pair.ts'
import { packError } from '../../rpc/packError.ts'
import type { Wording } from '../../views/wording.ts'
import type { App } from '../app.ts'
import { listed } from './listed.ts'
import { stepsFor } from './stepsFor.ts'
import { takeStep } from './takeStep.ts'

export interface Refusal {
  readonly name: string
  /** A sentence. */
  readonly why: string
  readonly error?: StoredError
}

/**
 * Does something to each of several things. One that is refused keeps none of the others from it; it is among what is answered. One thing alone is refused as everywhere,
 * with its next steps. Throws CancellationError and `stopped`, for then the person wants no more of it.
 */
export async function actOnEach<Of>(
  wording: Wording,
  things: readonly Of[],
  nameOf: (thing: Of) => string,
  act: (thing: Of) => Promise<unknown>,
): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = []
  for (const thing of things) {
    try {
      await act(thing)
    } catch (error) {
      if (things.length === 1 || error instanceof CancellationError || isError(error, 'stopped')) throw error
      refusals.push({ name: nameOf(thing), why: wording.describe(asMailferryError(error)).message, error: packError(error) })
    }
  }
  return refusals
}

/** Tells, once, what came of an action on several things: `done` says how many it was done to, and each refusal follows with its reason. The steps that help against the first are offered. */
export async function tellRefusals(app: App, refusals: readonly Refusal[], done: string): Promise<void> {
  const [first] = refusals
  if (first === undefined) return
  const lines = refusals.map(({ name, why }) => `${name}: ${why}`)
  const steps = first.error === undefined ? [] : stepsFor(app, first.error)
  const chosen = await window.showWarningMessage(done, { modal: true, detail: listed(app.wording, lines) }, ...steps)
  if (chosen !== undefined) await takeStep(app, chosen.step)
}
