import { z } from 'zod'
import type { ErrorText } from '../domain/errorText.ts'
import type { StoredError } from '../domain/pair.ts'
import type { RefreshedEvent } from './events.ts'

/** What a report says of one mailbox whose address was read anew. */
export const refreshLine = z.strictObject({
  side: z.enum(['source', 'target']),
  /** Its address so far. */
  mailbox: z.string(),
  outcome: z.enum(['refreshed', 'unchanged', 'notFound', 'ambiguous', 'failed']),
  /** Its address from now on. */
  address: z.string().optional(),
  /** Ambiguous: all that answer. */
  candidates: z.array(z.string()).readonly().optional(),
  /** Why it failed, in the report's language. */
  problem: z.string().optional(),
})

export type RefreshLine = z.infer<typeof refreshLine>

export const refreshLineOf = (
  { side, mailbox, outcome, address, candidates, error }: RefreshedEvent,
  describe: (error: StoredError) => ErrorText,
): RefreshLine => ({
  side,
  mailbox,
  outcome,
  ...(address === undefined ? {} : { address }),
  ...(candidates === undefined ? {} : { candidates }),
  ...(error === undefined ? {} : { problem: describe(error).message }),
})
