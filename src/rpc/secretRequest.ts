import { z } from 'zod'

/** The one thing an engine asks of its editor: a connection's secret, when a run needs it. Kept in memory until the run ends. */
export const secretRequest = {
  method: 'secret.get',
  params: z.strictObject({ connection: z.string().min(1) }),
  /** `givenAt`: when a person last gave it, in milliseconds since the epoch. Null where the editor has none. */
  answer: z.union([z.strictObject({ text: z.string().min(1), givenAt: z.number() }), z.null()]),
} as const

export type SecretAnswer = z.infer<typeof secretRequest.answer>
