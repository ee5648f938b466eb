import { z } from 'zod'

/** One request the engine answers. `result` is never set: it carries the type. */
export interface Request<Params extends z.ZodType, Result> {
  readonly params: Params
  readonly result?: Result
}

/** Declares a request by its parameters and the type of its answer. */
export const request =
  <Result>() =>
  <Shape extends z.core.$ZodLooseShape>(shape: Shape): Request<z.ZodObject<Shape, z.core.$strict>, Result> => ({
    params: z.strictObject(shape),
  })

/** Of a connection or job: its name, without regard to case, or its id. */
export const name = z.string().min(1)

/** How mailboxes of two servers are matched: by what they are called, or by a person's list. */
export const howToMatch = {
  by: z.union([z.enum(['localPart', 'displayName']), z.strictObject({ csv: z.string().min(1) })]),
  /** Exports of `Get-Mailbox`, which say what mailboxes a side has. */
  sourceList: z.string().min(1).optional(),
  targetList: z.string().min(1).optional(),
}
