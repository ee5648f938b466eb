import type { PairState } from '../../../domain/pair.ts'
import type { Amount } from '../model.ts'
import { html, type Markup, nothing } from './escape.ts'
import type { Say } from './say/say.ts'

/** A cell for a number; a zero is drawn back. */
export const numberCell = (say: Say, number: number): Markup => html`<td class="n">${number === 0 ? '–' : say.count(number)}</td>`

export const sizeCell = (say: Say, { bytes: number }: Amount): Markup => html`<td class="n">${number === 0 ? '–' : say.size(number)}</td>`

/** A time for people: `2026-11-23 08:15 UTC`, with the exact one for machines. */
export const time = (iso: string | undefined): Markup =>
  iso === undefined || iso === '' ? nothing : html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`

const moods: Readonly<Record<PairState['state'], 'good' | 'warn' | 'bad' | 'plain'>> = {
  new: 'plain',
  queued: 'plain',
  running: 'plain',
  waiting: 'warn',
  stopped: 'warn',
  failed: 'bad',
  completed: 'good',
  completedWithDifferences: 'warn',
}

export const chip = ({ states }: Say, state: PairState['state']): Markup => html`<span class="chip ${moods[state]}">${states[state]}</span>`
