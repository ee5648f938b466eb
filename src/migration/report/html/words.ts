import { bytes } from '../../../domain/errorText/words.ts'
import type { PairState } from '../../../domain/pair.ts'
import type { Amount, Outcome, Report } from '../model.ts'
import { html, type Markup, nothing } from './escape.ts'

export const count = (number: number): string => number.toLocaleString('en')

export const size = (number: number): string => bytes(number)

/** `1 message`, `2 messages`. */
export const counted = (number: number, one: string, many = `${one}s`): string => `${count(number)} ${number === 1 ? one : many}`

/** A cell for a number; a zero is drawn back. */
export const numberCell = (number: number): Markup => html`<td class="n">${number === 0 ? '–' : count(number)}</td>`

export const sizeCell = ({ bytes: number }: Amount): Markup => html`<td class="n">${number === 0 ? '–' : size(number)}</td>`

/** A time for people: `2026-11-23 08:15 UTC`, with the exact one for machines. */
export const time = (iso: string | undefined): Markup =>
  iso === undefined || iso === '' ? nothing : html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`

export const stateWords: Readonly<Record<PairState['state'], { readonly text: string; readonly mood: 'good' | 'warn' | 'bad' | 'plain' }>> =
  {
    new: { text: 'not started', mood: 'plain' },
    queued: { text: 'queued', mood: 'plain' },
    running: { text: 'running', mood: 'plain' },
    waiting: { text: 'waiting', mood: 'warn' },
    stopped: { text: 'stopped', mood: 'warn' },
    failed: { text: 'failed', mood: 'bad' },
    completed: { text: 'completed', mood: 'good' },
    completedWithDifferences: { text: 'completed with differences', mood: 'warn' },
  }

export const chip = (state: PairState['state']): Markup =>
  html`<span class="chip ${stateWords[state].mood}">${stateWords[state].text}</span>`

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  filtered: 'left out by the filters',
  failed: 'not migrated',
  open: 'not confirmed yet',
  notReadBack: 'not read back yet',
  orphaned: 'gone from the source, kept in the target',
  marksDropped: 'migrated, without some flags',
  reduced: 'migrated, as something simpler',
  notUpdated: 'migrated, without a later change',
}

export const policyWords: Readonly<Record<Report['job']['policy'], string>> = {
  new: 'new items only',
  changes: 'new and changed items, and moves',
  mirror: 'new and changed items, moves and deletions',
}
