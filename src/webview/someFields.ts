import type { z } from 'zod'

/** Some fields of a draft, each of its own type; a field that is there but undefined is left out. */
export const someFields = <Shape extends z.core.$ZodLooseShape>(draft: z.ZodObject<Shape, z.core.$strict>) =>
  draft.partial().transform(fields => {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined)
    // Proof of the cast: the schema checked each field by its name, and none of those that are left is undefined.
    return Object.fromEntries(given) as Partial<z.infer<typeof draft>>
  })
