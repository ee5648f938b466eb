import type { Folder, WriteOptions } from '../../mailServer.ts'
import type { SessionContext } from './sessionContext.ts'

/** What one write needs. */
export interface Writing {
  readonly context: SessionContext
  readonly folder: Folder
  readonly options: WriteOptions
}
