import type { ErrorText } from '../domain/errorText.ts'
import type { StoredError } from '../domain/pair.ts'
import type { RefreshedEvent } from './events.ts'
import type { RefreshLine } from './refreshLine.ts'

/** A line of the report by what was told of its mailbox. Apart from the line's schema, for the editor doesn't load zod for it. */
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
