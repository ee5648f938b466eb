import { z } from 'zod'
import type { PanelKind } from '../panelKind.ts'
import { viewTypes } from '../viewTypes.ts'
import type { DashboardWords } from './words.ts'

const onNothing = [
  'newSourceConnection',
  'newTargetConnection',
  'newJob',
  'startSandbox',
  'openCutoverChecklist',
  'declareDomainChange',
  'testAllConnections',
  'showStaleConnections',
  'showJournal',
  'openWalkthrough',
  'showLog',
  'restartEngine',
] as const
const onConnection = ['testConnection', 'editConnection', 'reconfigureConnection', 'renewCertificate', 'enterCredentials'] as const
const onJob = ['startJob', 'stopJob', 'runDelta', 'showJob', 'editJob', 'reportJob'] as const

const message = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('nothing'), run: z.enum(onNothing) }),
  z.strictObject({ on: z.literal('connection'), run: z.enum(onConnection), id: z.string() }),
  z.strictObject({ on: z.literal('job'), run: z.enum(onJob), id: z.string() }),
])

/** A command to run: exactly what the page says when its button is pressed. */
export type DashboardMessage = z.infer<typeof message>

export interface Offer {
  readonly title: string
  readonly does: DashboardMessage
}

export interface NewsItem {
  readonly text: string
  readonly offers: readonly Offer[]
}

export interface ShownJob {
  readonly name: string
  readonly route: string
  readonly state: string
  /** Whole percents. */
  readonly percent: number
  readonly offers: readonly Offer[]
}

export interface ShownConnection {
  readonly name: string
  readonly description: string
  readonly attention: 'none' | 'warning' | 'error'
  readonly offers: readonly Offer[]
}

export interface DashboardState {
  readonly words: DashboardWords
  readonly start: readonly { readonly text: string; readonly done: boolean; readonly offer: Offer }[]
  readonly good: readonly string[]
  readonly bad: readonly NewsItem[]
  readonly jobs: readonly ShownJob[]
  /** Messages a second, the oldest first; absent while nothing was measured. */
  readonly chart?: { readonly samples: readonly number[]; readonly now: string; readonly most: string; readonly span: string }
  readonly sources: readonly ShownConnection[]
  readonly targets: readonly ShownConnection[]
  /** Of lists that are cut: how many more there are, and where. */
  readonly more: { readonly [Of in 'bad' | 'jobs' | 'sources' | 'targets']?: string }
  readonly help: readonly Offer[]
}

export const dashboard: PanelKind<DashboardState, DashboardMessage> = { viewType: viewTypes.dashboard, script: 'dashboard', message }
