import { z } from 'zod'
import { closest } from './closest.ts'

/**
 * An object that takes only the properties it names. Each unknown one is answered with the nearest known name;
 * the messages stand in one text, a line for each key, because zod makes one issue of them all (`problemsOf` parts them).
 */
export const strict = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys' ? issue.keys.map(key => unknownKey(key, Object.keys(shape))).join('\n') : undefined,
  })

function unknownKey(key: string, known: readonly string[]): string {
  const near = closest(key, known)
  return near === undefined ? `unknown; known are ${known.join(', ')}` : `unknown; did you mean ${near}?`
}
