/** Answers whether to let something through: when it is of another kind than the last, or so many milliseconds later. */
export function createSeldom(ms: number, monotonic: () => number): (kind: string) => boolean {
  let last: { readonly kind: string; readonly at: number } | undefined
  return kind => {
    const at = monotonic()
    if (last !== undefined && last.kind === kind && at < last.at + ms) return false
    last = { kind, at }
    return true
  }
}
