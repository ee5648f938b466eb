import { decodeText, decodeWords } from '../../domain/encodedWords.ts'

/** Parameters of a structured field (RFC 2045 section 5.1), by their names in lower case; the last of each. */
export function parametersOf(value: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, plain = ''] of value.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s;]+))/g)) {
    parameters.set(name.toLowerCase(), quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'))
  }
  return parameters
}

/**
 * A parameter as a person reads it: in parts and with its charset (RFC 2231), or in encoded words, which parameters mustn't have and which most programs
 * write all the same.
 */
export function parameterText(parameters: ReadonlyMap<string, string>, name: string): string | undefined {
  const simple = parameters.get(name)
  if (simple !== undefined) return decodeWords(simple)
  const whole = parameters.get(`${name}*`)
  if (whole !== undefined) return extended([{ text: whole, encoded: true }])
  const parts: { text: string; encoded: boolean }[] = []
  for (let index = 0; ; index++) {
    const [plain, encoded] = [parameters.get(`${name}*${index}`), parameters.get(`${name}*${index}*`)]
    if (plain === undefined && encoded === undefined) break
    parts.push({ text: encoded ?? plain ?? '', encoded: encoded !== undefined })
  }
  return parts.length === 0 ? undefined : extended(parts)
}

/** `charset'language'text` with percent signs; only the first part names the charset. */
function extended(parts: readonly { readonly text: string; readonly encoded: boolean }[]): string {
  const [, charset = 'utf-8', rest] = /^([^']*)'[^']*'(.*)$/s.exec(parts[0]?.text ?? '') ?? []
  const bytes = parts
    .map(({ text, encoded }, index) => {
      const own = index === 0 && encoded && rest !== undefined ? rest : text
      return encoded ? own.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : own
    })
    .join('')
  return decodeText(Buffer.from(bytes, 'latin1'), charset)
}
