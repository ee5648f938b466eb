import type { Folder, OutgoingItem, WriteOptions } from '../../mailServer.ts'
import type { SessionContext } from './sessionContext.ts'

/** What one write needs. */
export interface Writing {
  readonly context: SessionContext
  readonly folder: Folder
  readonly options: WriteOptions
  /** The item whose place one takes, in its own format's way. */
  readonly replaced?: (item: OutgoingItem) => string | undefined
}
