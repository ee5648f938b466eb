import { z } from 'zod'
import type { PanelKind } from '../panelKind.ts'
import type { CutoverWords } from './words.ts'

const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('domain'), domain: z.string() }),
  z.strictObject({ type: z.literal('declare') }),
  z.strictObject({ type: z.literal('reconfigure'), id: z.string() }),
  z.strictObject({ type: z.literal('job'), run: z.enum(['refreshAddresses', 'runDelta', 'verifyJob']), id: z.string() }),
])

export type CutoverMessage = z.infer<typeof message>

/** `untold`: nothing keeps a record of it, so that only the person knows. */
export type CutoverItemState = 'done' | 'open' | 'later' | 'untold'

export interface CutoverItem {
  readonly text: string
  readonly state: CutoverItemState
  readonly offer?: { readonly title: string; readonly does: CutoverMessage }
}

export interface CutoverStep {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly items: readonly CutoverItem[]
}

export interface CutoverState {
  readonly words: CutoverWords
  readonly domains: readonly string[]
  readonly domain: string
  readonly steps: readonly CutoverStep[]
}

export const cutoverChecklist: PanelKind<CutoverState, CutoverMessage> = {
  viewType: 'mailferry.cutoverChecklist',
  script: 'cutoverChecklist',
  message,
}
