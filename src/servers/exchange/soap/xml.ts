/** What XML 1.0 (section 2.2) allows: neither controls beside tab and line ends, nor lone surrogates, nor U+FFFE and U+FFFF. */
const unwritable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }

/** Text as it may stand between tags and in quoted attributes. What XML can't carry at all becomes U+FFFD. */
export const escapeXml = (text: string): string => text.replace(unwritable, '\uFFFD').replace(/[&<>"\r]/g, char => escapes[char] ?? char)

/** Whether XML can carry a text as it is. */
export const isWritable = (text: string): boolean => text.search(unwritable) < 0

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An element of ready-made content; attributes without a value are left out. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const given = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeXml(String(value))}"`]))
  const inner = content.join('')
  return inner === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${inner}</${name}>`
}

/** An element of plain text. */
export const textElement = (name: string, text: string | number | boolean): string => `<${name}>${escapeXml(String(text))}</${name}>`
