/**
 * What PowerShell makes of an expression of single-quoted strings, characters by number and `+`; nothing where there is anything else in it. The typographic quotes
 * count as quotes, as they do there.
 */
export function evaluate(expression: string): string | undefined {
  const inner = /^\((.*)\)$/s.exec(expression)?.[1] ?? expression
  let value: string | undefined
  let rest = inner
  while (rest !== '') {
    const token = /^(?:['‘’‚‛]((?:[^'‘’‚‛]|['‘’‚‛]{2})*)['‘’‚‛]|\[char\]0x([0-9A-F]{4}))/.exec(rest)
    if (token === null) return undefined
    const [all, text, unit] = token
    // A character on the left of `+` would be added up as a number.
    if (unit !== undefined && value === undefined) return undefined
    value =
      (value ?? '') +
      (unit === undefined ? (text ?? '').replace(/(['‘’‚‛])['‘’‚‛]/g, '$1') : String.fromCharCode(Number.parseInt(unit, 16)))
    rest = rest.slice(all.length)
    if (rest === '') break
    if (!rest.startsWith(' + ')) return undefined
    rest = rest.slice(3)
  }
  return value
}

/** The rows that a script lists, each as its fields. */
export const rowsIn = (script: string): Record<string, string | undefined>[] =>
  script
    .split('\r\n')
    .flatMap(line => /^ {2}\[pscustomobject\]@\{ (.*) \}$/.exec(line)?.[1] ?? [])
    .map(fields =>
      Object.fromEntries(
        [...fields.matchAll(/(\w+) = (\(.*?\)|'(?:[^']|'')*')(?:; |$)/g)].map(([, name, value]) => [name, evaluate(value ?? '')]),
      ),
    )
