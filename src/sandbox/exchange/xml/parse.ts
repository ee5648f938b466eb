import { SaxesParser } from 'saxes'
import { type NamespaceName, namespaces, type XmlElement } from './tree.ts'

const shortNames = new Map<string, NamespaceName>(Object.entries(namespaces).map(([name, uri]) => [uri, name as NamespaceName]))

interface OpenElement {
  readonly namespace: NamespaceName | ''
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: XmlElement[]
  text: string
}

/** The document's root element. Throws an Error where the text is no well-formed XML, or has a document type: SOAP forbids it, and so do its readers. */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  parser.on('error', error => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('For security reasons DTD is prohibited in this XML document.')
  })
  parser.on('opentag', ({ uri, local, attributes }) => {
    open.push({ namespace: shortNames.get(uri) ?? '', name: local, attributes: ownAttributes(attributes), children: [], text: '' })
  })
  const addText = (text: string): void => {
    const top = open.at(-1)
    if (top) top.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const closed = open.pop()
    if (!closed) return
    const parent = open.at(-1)
    if (parent) parent.children.push(closed)
    else root = closed
  })
  parser.write(text).close()
  if (!root) throw new Error('Root element is missing.')
  return root
}

/** By local name, without namespace declarations and what other namespaces (`xsi:`, `xml:`) say. */
function ownAttributes(
  attributes: Readonly<Record<string, { readonly prefix: string; readonly local: string; readonly value: string }>>,
): Record<string, string> {
  const own: Record<string, string> = {}
  for (const { prefix, local, value } of Object.values(attributes)) if (prefix === '' && local !== 'xmlns') own[local] = value
  return own
}
