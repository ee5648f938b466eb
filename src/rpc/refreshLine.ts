import { z } from 'zod'

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
