import { keywordFromWire, keywordOnWire } from './keywords.ts'

/** The system flags of RFC 3501 2.3.2 in the spelling everybody uses; servers may send them in any case. */
const systemFlags = new Map(['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'].map(flag => [flag.toLowerCase(), flag]))

/** A server's flag list, without its parentheses, as `ItemInfo` has it: sorted, each once, `\Recent` left out (it is about sessions, not mail). */
export function parseFlags(text: string): readonly string[] {
  const flags = new Set<string>()
  for (const word of text.split(' ')) {
    if (word !== '' && word.toLowerCase() !== '\\recent') flags.add(systemFlags.get(word.toLowerCase()) ?? keywordFromWire(word))
  }
  return Object.freeze([...flags].sort())
}

/** The most different lists that are remembered. A mailbox has dozens; one that has more is parsed a little slower. */
const remembered = 2000

/** `parseFlags` that answers equal lists with the same array: a mailbox of a million messages has dozens of different ones. */
export function rememberingFlags(): (text: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return text => {
    const seen = known.get(text)
    if (seen) return seen
    if (known.size >= remembered) known.clear()
    const flags = parseFlags(text)
    known.set(text, flags)
    return flags
  }
}

export const isSystemFlag = (flag: string): boolean => flag.startsWith('\\')

/** A system flag: an atom with a backslash before it. What isn't one would break the command. */
const system = /^\\[^\s(){%*"\\\]\u0000-\u001f\u007f-\uffff]+$/

/** A flag as it is written in a command; undefined where it can't be: `\Recent` can't be set, and some texts stand for no keyword. */
export function flagOnWire(flag: string): string | undefined {
  if (isSystemFlag(flag)) return flag !== '\\Recent' && system.test(flag) ? flag : undefined
  return keywordOnWire(flag)
}

/** A list of flags, without its parentheses; what can't be written is left out (`takenFlags`). */
export const flagsOnWire = (flags: readonly string[]): string => flags.flatMap(flag => flagOnWire(flag) ?? []).join(' ')
