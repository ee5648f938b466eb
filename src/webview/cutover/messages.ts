import { z } from 'zod'
import { type Phase, type StepState, tickSteps } from '../../domain/cutover/step.ts'
import type { PanelKind } from '../panelKind.ts'
import type { Notice } from '../shownNotice.ts'
import { viewTypes } from '../viewTypes.ts'
import type { CutoverWords } from './words.ts'

const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('domain'), domain: z.string() }),
  z.strictObject({ type: z.literal('ask') }),
  z.strictObject({ type: z.literal('tick'), step: z.enum(tickSteps), done: z.boolean() }),
  z.strictObject({ type: z.literal('note'), step: z.enum(tickSteps) }),
  z.strictObject({ type: z.literal('declare') }),
  z.strictObject({ type: z.literal('connection'), run: z.enum(['testConnection', 'reconfigureConnection']), id: z.string() }),
  z.strictObject({ type: z.literal('job'), run: z.enum(['refreshAddresses', 'runDelta', 'verifyJob', 'editJob']), id: z.string() }),
])

export type CutoverMessage = z.infer<typeof message>

export interface CutoverPart {
  readonly text: string
  readonly state: StepState
  readonly offer?: { readonly title: string; readonly does: CutoverMessage }
}

export interface ShownStep {
  readonly id: string
  readonly phase: Phase
  readonly title: string
  readonly state: StepState
  readonly parts: readonly CutoverPart[]
  readonly how: readonly string[]
  /** A step that a person ticks, and what it says then. */
  readonly tick?: {
    readonly ticked: boolean
    readonly says: CutoverMessage
    readonly note: string
    /** Asks for words of the person's own, of a step that is ticked. */
    readonly annotates?: CutoverMessage
  }
}

export interface CutoverState {
  readonly words: CutoverWords
  readonly domains: readonly string[]
  readonly domain: string
  readonly jobs: string
  readonly steps: readonly ShownStep[]
  readonly busy: boolean
  readonly notice?: Notice
}

export const cutoverChecklist: PanelKind<CutoverState, CutoverMessage> = {
  viewType: viewTypes.cutoverChecklist,
  script: 'cutoverChecklist',
  message,
}
