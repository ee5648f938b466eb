import { z } from 'zod'

const line = z.looseObject({ at: z.string(), pid: z.number(), what: z.string() })

export type LogLine = z.infer<typeof line>

/** A line of the engine's log; nothing where it is none of its own. */
export function parseLogLine(text: string): LogLine | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
