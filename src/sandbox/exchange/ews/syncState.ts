import { createHmac } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Organisation } from '../organisation.ts'
import { fromRanges, type Ranges, toRanges } from '../store/numberRanges.ts'
import { EwsError } from './ewsError.ts'

/** What a client has seen of a folder's items, or of a mailbox's folders. */
export interface SyncState {
  readonly kind: 'items' | 'hierarchy'
  readonly mailboxGuid: string
  /** The folder's number. */
  readonly folder: number
  /** Changes up to this number were seen. */
  readonly seen: number
  /** What the client has (MS-OXCFXICS's MetaTagIdsetGiven). */
  readonly given: ReadonlySet<number>
}

const version = 3
const sealLength = 16

/** Opaque and sealed: clients can't make one, and one of another folder, mailbox, organisation or kind is none. */
export function writeSyncState(organisation: Organisation, { given, ...state }: SyncState): string {
  const body = deflateRawSync(Buffer.from(JSON.stringify({ version, ...state, given: toRanges(given) })), { level: 1 })
  return Buffer.concat([seal(organisation, body), body]).toString('base64')
}

/** Throws `ErrorInvalidSyncStateData` for a state that isn't of this very folder; no state is that of a client that has nothing. */
export function readSyncState(
  organisation: Organisation,
  text: string | undefined,
  expected: Pick<SyncState, 'kind' | 'mailboxGuid' | 'folder'>,
): SyncState {
  if (text === undefined || text.trim() === '') return { ...expected, seen: 0, given: new Set() }
  const bytes = Buffer.from(text.trim(), 'base64')
  const body = bytes.subarray(sealLength)
  if (bytes.toString('base64') !== text.trim() || !bytes.subarray(0, sealLength).equals(seal(organisation, body))) throw invalid()
  // The seal vouches for its shape: only this server writes such states.
  const state = JSON.parse(inflateRawSync(body).toString()) as Omit<SyncState, 'given'> & {
    readonly version: number
    readonly given: Ranges
  }
  const isExpected = state.kind === expected.kind && state.mailboxGuid === expected.mailboxGuid && state.folder === expected.folder
  if (state.version !== version || !isExpected) throw invalid()
  return { ...expected, seen: state.seen, given: new Set(fromRanges(state.given)) }
}

const invalid = (): EwsError => new EwsError('ErrorInvalidSyncStateData')

const seal = ({ secret }: Organisation, body: Buffer): Buffer => createHmac('sha256', secret).update(body).digest().subarray(0, sealLength)
