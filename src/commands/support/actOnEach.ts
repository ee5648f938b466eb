import { CancellationError, window } from 'vscode'
import { asMailferryError } from '../../domain/asMailferryError.ts'
import { isError } from '../../domain/errors.ts'
import type { Wording } from '../../views/wording.ts'
import type { App } from '../app.ts'
import { listed } from './listed.ts'

export interface Refusal {
  readonly name: string
  /** A sentence. */
  readonly why: string
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
      refusals.push({ name: nameOf(thing), why: wording.describe(asMailferryError(error)).message })
    }
  }
  return refusals
}

/** Tells, once, what came of an action on several things: `done` says how many it was done to, and each refusal follows with its reason. */
export async function tellRefusals({ wording }: Pick<App, 'wording'>, refusals: readonly Refusal[], done: string): Promise<void> {
  if (refusals.length === 0) return
  const lines = refusals.map(({ name, why }) => `${name}: ${why}`)
  await window.showWarningMessage(done, { modal: true, detail: listed(wording, lines) })
}
