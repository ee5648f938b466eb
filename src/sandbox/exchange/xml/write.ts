import { namespaces, type XmlElement } from './tree.ts'

const declarations = Object.entries(namespaces)
  .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  .join('')

/** A document of this root; all namespaces are declared at it. */
export function writeXml(root: XmlElement): string {
  const out: string[] = ['<?xml version="1.0" encoding="utf-8"?>']
  write(root, declarations, out)
  return out.join('')
}

function write({ namespace, name, attributes, children, text }: XmlElement, declared: string, out: string[]): void {
  // SOAP 1.1's faultcode and its neighbours are in no namespace.
  const tag = namespace === '' ? name : `${namespace}:${name}`
  let open = `<${tag}${declared}`
  for (const [key, value] of Object.entries(attributes)) open += ` ${key}="${escapeText(value)}"`
  if (children.length === 0 && text === '') {
    out.push(`${open}/>`)
    return
  }
  out.push(`${open}>`)
  if (children.length > 0) for (const one of children) write(one, '', out)
  else out.push(escapeText(text))
  out.push(`</${tag}>`)
}

const special = /[&<>"\r\n\t]|[^\u0020-\uFFFD]|[\uD800-\uDFFF]/
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;',
}

/** Characters XML 1.0 can't hold become U+FFFD: a subject may have them, an answer may not. */
function escapeText(text: string): string {
  if (!special.test(text)) return text
  return text
    .replace(/[&<>"\r\n\t]/g, one => entities[one] ?? one)
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
