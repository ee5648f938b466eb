import type { Client } from '../rpc/protocol.ts'
import type { Output } from './output.ts'

/** What a verb works with. */
export interface App {
  readonly out: Output
  readonly client: Client
  /** Ctrl-C, once: finish what is in hand. */
  readonly stop: AbortSignal
  /** What relative paths on the command line are relative to. */
  readonly cwd: string
  /** Reads what is piped in, to its end. */
  readonly readInput: () => Promise<string>
}
