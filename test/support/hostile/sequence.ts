/** Reads a sequence set (RFC 3501, 9) against the largest number there is. */
export function inSet(set: string, largest: number): (number: number) => boolean {
  const ranges = set.split(',').map(part => {
    const [from, to] = part.split(':').map(end => (end === '*' ? largest : Number(end)))
    const [low, high] = [from ?? 0, to ?? from ?? 0]
    return low <= high ? [low, high] : [high, low]
  })
  return number => ranges.some(([low = 0, high = 0]) => number >= low && number <= high)
}

/** Writes ascending numbers as a sequence set. */
export function toSet(numbers: readonly number[]): string {
  const parts: string[] = []
  for (let at = 0; at < numbers.length; ) {
    let end = at
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end++
    parts.push(end === at ? `${numbers[at]}` : `${numbers[at]}:${numbers[end]}`)
    at = end + 1
  }
  return parts.join(',')
}
