import type { ConnectionSettings, Recorded } from '../../domain/connection.ts'
import type { ConnectionId } from '../../domain/ids.ts'
import type { StoredError } from '../../domain/pair.ts'
import { notNeeded } from '../../domain/reconfigure.ts'
import type { CheckEvent, ReconfigurationEvent } from '../../rpc/events.ts'
import type { ConnectionSummary, CsvPreview } from '../../rpc/results.ts'
import type { ConnectionDraft, ConnectionField } from './draft.ts'
import type { Registration } from './registration.ts'

/** The connection that is edited, as it was when the person began. */
export interface Existing {
  readonly id: ConnectionId
  readonly name: string
  readonly settings: ConnectionSettings
  readonly usedBy: readonly string[]
  /** It has a secret already. */
  readonly secret: boolean
}

export const existingOf = ({ id, name, settings, usedBy, secret }: ConnectionSummary): Existing => ({
  id,
  name,
  settings,
  usedBy,
  secret: secret !== undefined,
})

/** How the last test went. What was changed since makes it one of something else, and it is forgotten. */
export interface Tested {
  readonly checks: readonly CheckEvent[]
  readonly running: boolean
  /** Absent while it runs, and where a needed check failed. */
  readonly recorded?: Recorded
}

/** All that the wizard knows, but the secret itself: whatever holds that is never shown, logged or remembered. */
export interface Model {
  readonly mode: 'new' | 'edit' | 'reconfigure'
  readonly existing?: Existing
  /** What *unsaved* is measured by. */
  readonly initial: ConnectionDraft
  readonly draft: ConnectionDraft
  readonly edits: number
  /** Problems are told of what was filled in; of everything once the person wants to go on. */
  readonly touched: ReadonlySet<ConnectionField | 'secret'>
  readonly all: boolean
  readonly secretGiven: boolean
  readonly file?: { readonly name: string; readonly preview: CsvPreview }
  readonly tested?: Tested
  readonly registration?: Registration
  readonly saving: boolean
  readonly plan?: ReconfigurationEvent
  readonly failure?: StoredError
}

export const begin = (mode: Model['mode'], draft: ConnectionDraft, existing: Existing | undefined, initial = draft): Model => ({
  mode,
  ...(existing === undefined ? {} : { existing }),
  initial,
  draft,
  edits: 0,
  touched: new Set(),
  all: false,
  secretGiven: false,
  saving: false,
})

/** What a person typed is in the model; what was found of it before is not of this any more. */
export function edited(model: Model, fields: Partial<ConnectionDraft>, edit: number): Model {
  const draft = { ...model.draft, ...fields }
  const touched = new Set([...model.touched, ...(Object.keys(fields) as ConnectionField[])])
  const onlyName = Object.keys(fields).every(field => ['name', 'responsible', 'scope', 'fullFidelity'].includes(field))
  const next = { ...model, draft, edits: edit, touched }
  return onlyName ? next : untested(next)
}

/** Without what was found. */
export function untested(model: Model): Model {
  const { tested: _tested, failure: _failure, ...rest } = model
  return rest
}

export const without = (model: Model, key: 'failure' | 'file'): Model => {
  const { [key]: _left, ...rest } = model
  return rest
}

/** Whether closing would lose something. */
export const isUnsaved = ({ draft, initial, secretGiven }: Model): boolean =>
  secretGiven || Object.entries(draft).some(([field, value]) => value !== initial[field as ConnectionField])

/** The certificate that keeps the last test from going on. */
export function untrusted({
  draft,
  tested,
}: Model): { readonly host: string; readonly reason: string; readonly fingerprint: string } | undefined {
  // Microsoft's servers have certificates of well-known authorities: another one is a proxy's, whose authority is named under Trust.
  if (draft.kind === 'office365') return undefined
  for (const { error } of tested?.checks ?? []) {
    if (error?.code === 'tls.untrusted') return error.params
    if (error?.code === 'tls.fingerprintMismatch')
      return { host: error.params.host, reason: 'it is another one than before', fingerprint: error.params.actual }
  }
  return undefined
}

/** Trusts that certificate in what is to be saved. */
export function trusting(model: Model, fingerprint: string): Model {
  const { draft } = model
  const fields =
    draft.kind === 'imap' ? { fingerprint } : { fingerprints: [...draft.fingerprints.split(/\s+/).filter(Boolean), fingerprint].join('\n') }
  return edited(model, fields, model.edits)
}

/** No domain change touches it: reconfiguring it is possible, and isn't needed. */
export const isExempt = (settings: ConnectionSettings): boolean => notNeeded(settings) !== undefined
