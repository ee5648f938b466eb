import { z } from 'zod'

const stored = z.strictObject({ text: z.string().min(1), givenAt: z.number() })

/** A secret as it lies in the editor's storage. Throws where it is none. */
export const parseStoredSecret = (text: string): z.infer<typeof stored> => stored.parse(JSON.parse(text))
