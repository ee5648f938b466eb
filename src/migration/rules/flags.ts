/** System flags and keywords are compared without regard to case (RFC 9051 section 2.3.2). */
export const hasFlag = (flags: readonly string[], flag: string): boolean => flags.some(each => each.toLowerCase() === flag.toLowerCase())

const folded = (flags: readonly string[]): Set<string> => new Set(flags.map(flag => flag.toLowerCase()).filter(flag => flag !== '\\recent'))

export const sameFlags = (a: readonly string[], b: readonly string[]): boolean => {
  const [left, right] = [folded(a), folded(b)]
  return left.size === right.size && [...left].every(flag => right.has(flag))
}

/**
 * The flags of a source item as they are carried over. Unless the job asks for deleted items, `\Deleted` stays behind:
 * an item that was migrated already would be lost to the next client that expunges the target.
 */
export const carriedFlags = (flags: readonly string[], includeDeleted: boolean): readonly string[] =>
  includeDeleted ? flags : flags.filter(flag => flag.toLowerCase() !== '\\deleted')
