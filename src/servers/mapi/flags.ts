/** PidTagMessageFlags [MS-OXCMSG] 2.2.1.6. */
export const messageFlag = { read: 0x1, unsent: 0x8 } as const

/** PidTagFlagStatus [MS-OXOFLAG] 2.2.1.1. */
export const flagStatus = { complete: 1, flagged: 2 } as const

/** PidTagLastVerbExecuted [MS-OXOMSG] 2.2.1.2. */
export const verb = { reply: 102, replyAll: 103, forward: 104 } as const

/** What an item has that flags are made of. */
export interface FlagValues {
  /** PidTagMessageFlags. */
  readonly bits: number
  /** PidTagFlagStatus. */
  readonly status: number | undefined
  /** PidTagLastVerbExecuted. */
  readonly lastVerb: number | undefined
  readonly categories: readonly string[]
}

/** An item's flags in IMAP's terms, sorted; its categories are keywords. */
export function flagsFrom({ bits, status, lastVerb, categories }: FlagValues): readonly string[] {
  const flags = new Set(categories.filter(category => category !== '' && !category.startsWith('\\')))
  if ((bits & messageFlag.read) !== 0) flags.add('\\Seen')
  if ((bits & messageFlag.unsent) !== 0) flags.add('\\Draft')
  if (status === flagStatus.flagged) flags.add('\\Flagged')
  if (status === flagStatus.complete) flags.add('$Completed')
  if (lastVerb === verb.reply || lastVerb === verb.replyAll) flags.add('\\Answered')
  if (lastVerb === verb.forward) flags.add('$Forwarded')
  return [...flags].sort()
}

/** Flags as an item of Exchange can have them. */
export interface ItemFlags {
  readonly seen: boolean
  readonly draft: boolean
  readonly followUp: 'none' | 'flagged' | 'complete'
  readonly lastVerb: number | undefined
  readonly categories: readonly string[]
}

/** What can be kept of some flags: of *answered* and *forwarded* the first, of *flagged* and *completed* the second, and no system flag beyond Exchange's. */
export function itemFlags(flags: readonly string[]): ItemFlags {
  // IMAP's flags and keywords are equal whatever their case (RFC 9051 2.3.2).
  const given = new Set(flags.map(flag => flag.toLowerCase()))
  return {
    seen: given.has('\\seen'),
    draft: given.has('\\draft'),
    followUp: given.has('$completed') ? 'complete' : given.has('\\flagged') ? 'flagged' : 'none',
    lastVerb: given.has('\\answered') ? verb.reply : given.has('$forwarded') ? verb.forward : undefined,
    categories: flags.filter(flag => !flag.startsWith('\\') && !['$completed', '$forwarded'].includes(flag.toLowerCase())),
  }
}

/** The flags an item with these will show, sorted. */
export const shownFlags = ({ seen, draft, followUp, lastVerb, categories }: ItemFlags): readonly string[] =>
  [
    ...new Set([
      ...categories,
      ...(seen ? ['\\Seen'] : []),
      ...(draft ? ['\\Draft'] : []),
      ...(followUp === 'flagged' ? ['\\Flagged'] : followUp === 'complete' ? ['$Completed'] : []),
      ...(lastVerb === undefined ? [] : [lastVerb === verb.forward ? '$Forwarded' : '\\Answered']),
    ]),
  ].sort()

export const sameFlags = (a: readonly string[], b: readonly string[]): boolean => {
  const [one, other] = [new Set(a), new Set(b)]
  return one.size === other.size && [...one].every(flag => other.has(flag))
}
