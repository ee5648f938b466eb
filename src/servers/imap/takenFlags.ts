import { flagOnWire, isSystemFlag } from './wire/flags.ts'

/** What is known of the flags a folder can keep. */
export interface FlagLimits {
  /** PERMANENTFLAGS (RFC 3501 7.1); `\*` among them lets new keywords be made. Absent: all can be kept. */
  readonly permanentFlags?: readonly string[] | undefined
  /** The server refused a message for its keywords. */
  readonly noKeywords?: boolean
}

/** Those of `flags` that a folder takes. */
export function takenFlags(flags: readonly string[], { permanentFlags, noKeywords = false }: FlagLimits): readonly string[] {
  const kept = permanentFlags && new Set(permanentFlags.map(flag => flag.toLowerCase()))
  const takes = (flag: string): boolean => {
    if (flagOnWire(flag) === undefined) return false
    if (isSystemFlag(flag)) return kept?.has(flag.toLowerCase()) ?? true
    return !noKeywords && (kept === undefined || kept.has('\\*') || kept.has(flag.toLowerCase()))
  }
  return flags.every(takes) ? flags : flags.filter(takes)
}
