import { MailferryError } from '../domain/errors.ts'

/** Why a signal ended something: what was given as its reason, or that somebody stopped it. */
export const stopped = (signal: AbortSignal, what: string): MailferryError =>
  signal.reason instanceof MailferryError ? signal.reason : new MailferryError('stopped', { what }, { cause: signal.reason })
