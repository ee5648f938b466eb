import { z } from 'zod'
import type { PanelKind } from '../panelKind.ts'
import type { ShownCheck } from '../shownCheck.ts'
import type { Notice } from '../shownNotice.ts'
import { someFields } from '../someFields.ts'
import { viewTypes } from '../viewTypes.ts'
import { type ConnectionDraft, connectionDraft } from './draft.ts'
import type { ConnectionProblems } from './problems.ts'
import type { ConnectionWords } from './words.ts'

export type ConnectionStep = 'type' | 'server' | 'admin' | 'configuration' | 'summary'

/** What the page shows of the secret: never the secret. */
export interface ShownSecret {
  readonly as: 'text' | 'csv' | 'pem'
  readonly label: string
  readonly state: 'missing' | 'stored' | 'given'
  readonly problem?: string
  /** Until when the certificate that was given is good. */
  readonly until?: string
  readonly file?: ShownCsv
}

export interface ShownCsv {
  readonly name: string
  readonly summary: string
  readonly first: readonly { readonly mailbox: string; readonly user: string }[]
  readonly problems: readonly { readonly line: number; readonly message: string }[]
}

/** How far preparing the tenant has come. */
export interface ShownRegistration {
  readonly level: 'info' | 'warning' | 'error'
  readonly text: string
  readonly next?: string
  readonly isRunning: boolean
  readonly code?: string
  /** The portal's. */
  readonly steps: readonly string[]
}

/** What reconfiguring means, told before it is done. */
export interface Review {
  readonly reason: string
  readonly changes: readonly { readonly setting: string; readonly before: string; readonly after: string }[]
  readonly jobs: string
  readonly running?: string
}

export interface ConnectionWizardState {
  readonly words: ConnectionWords
  readonly mode: 'new' | 'edit' | 'reconfigure'
  readonly title: string
  readonly lead: string
  readonly draft: ConnectionDraft
  /** The last of the page's edits that is in the draft. */
  readonly edits: number
  readonly problems: ConnectionProblems
  readonly steps: readonly { readonly id: ConnectionStep; readonly state: 'open' | 'passed' | 'failed'; readonly spoken: string }[]
  readonly secret: ShownSecret
  readonly registration?: ShownRegistration
  readonly checks: readonly ShownCheck[]
  readonly verdict?: string
  readonly busy?: 'testing' | 'saving'
  readonly certificate?: { readonly text: string; readonly fingerprint: string }
  readonly notice?: Notice
  readonly summary: readonly { readonly label: string; readonly value: string }[]
  readonly review?: Review
  /** The connection's name is asked for, since nothing proves the organisation. */
  readonly askResponsible: boolean
  /** Why it need not be reconfigured, where it needn't. */
  readonly exempt?: string
}

const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('edit'), fields: someFields(connectionDraft), edit: z.int().min(1) }),
  z.strictObject({ type: z.literal('secret'), text: z.string() }),
  z.strictObject({ type: z.literal('chooseSecretFile') }),
  z.strictObject({ type: z.literal('makeCertificate') }),
  z.strictObject({
    type: z.literal('tenant'),
    do: z.enum(['register', 'byHand', 'signIn', 'saveCertificate', 'paste', 'openPage', 'cancel']),
  }),
  z.strictObject({ type: z.literal('test') }),
  z.strictObject({ type: z.literal('cancelTest') }),
  z.strictObject({ type: z.literal('trust') }),
  z.strictObject({ type: z.literal('copy'), check: z.string() }),
  z.strictObject({ type: z.literal('save'), untested: z.boolean() }),
  z.strictObject({ type: z.literal('step'), at: z.int().min(0) }),
  z.strictObject({ type: z.literal('journal') }),
  z.strictObject({ type: z.literal('cancel') }),
])

export type ConnectionWizardMessage = z.infer<typeof message>

export const connectionWizard: PanelKind<ConnectionWizardState, ConnectionWizardMessage> = {
  viewType: viewTypes.connectionWizard,
  script: 'connectionWizard',
  message,
}
