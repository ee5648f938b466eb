/** Whether all the words of a filter occur, in any of the texts, without regard to case; an empty filter lets everything through. */
export function matches(filter: string, texts: readonly string[]): boolean {
  const all = texts.join('\n').toLowerCase()
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => all.includes(word))
}
