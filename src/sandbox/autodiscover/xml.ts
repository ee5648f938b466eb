import { SaxesParser } from 'saxes'

export const escapeXml = (text: string): string =>
  text.replace(/[<>&"]/g, character => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[character] ?? character)

/** `<name>value</name>`, escaped. */
export const element = (name: string, value: string): string => `<${name}>${escapeXml(value)}</${name}>`

export interface FlatElement {
  readonly namespace: string
  readonly name: string
  readonly text: string
}

/** All elements of a small document, in the order they end; nothing where it isn't well formed. */
export function flatten(document: Buffer): readonly FlatElement[] | undefined {
  const found: FlatElement[] = []
  const texts: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  let broken = false
  parser.on('error', () => {
    broken = true
  })
  parser.on('opentag', () => texts.push(''))
  parser.on('text', text => texts.push((texts.pop() ?? '') + text))
  parser.on('closetag', ({ uri, local }) => found.push({ namespace: uri, name: local, text: (texts.pop() ?? '').trim() }))
  parser.write(document.toString('utf8')).close()
  return broken ? undefined : found
}
