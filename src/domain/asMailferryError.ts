import { isError, MailferryError } from './errors.ts'

/** Anything thrown as one of our errors: those of ours as they are, all else as an internal one that keeps its cause. */
export const asMailferryError = (thrown: unknown): MailferryError =>
  isError(thrown)
    ? thrown
    : new MailferryError(
        'internal',
        { detail: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) },
        { cause: thrown },
      )
