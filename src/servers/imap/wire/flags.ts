/** The system flags of RFC 3501 2.3.2 in the spelling everybody uses; servers may send them in any case. */
const systemFlags = new Map(['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'].map(flag => [flag.toLowerCase(), flag]))

/** A server's flag list, without its parentheses, as `ItemInfo` has it: sorted, each once, `\Recent` left out (it is about sessions, not mail). */
export function parseFlags(text: string): readonly string[] {
  const flags = new Set<string>()
  for (const word of text.split(' ')) {
    if (word !== '' && word.toLowerCase() !== '\\recent') flags.add(systemFlags.get(word.toLowerCase()) ?? word)
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

/** RFC 3501's `atom`, with the backslash of a system flag before it. What isn't one can't be sent as a flag. */
const sendable = /^\\?[^\s(){%*"\\\]\u0000-\u001f\u007f]+$/

/** Whether a flag can be written in a command: `\Recent` can't be set, and what is no atom would break the command. */
export const isSendable = (flag: string): boolean => flag !== '\\Recent' && sendable.test(flag)
