import { SaxesParser } from 'saxes'

/** One element of a small document, with the text directly in it. */
export interface Element {
  readonly name: string
  readonly text: string
  readonly children: readonly Element[]
}

/** The root of a document; nothing where it isn't well-formed XML. Entities of a document's own making are not known, so none can grow. */
export function parseXml(bytes: Buffer): Element | undefined {
  const root: Growing = { name: '', text: '', children: [] }
  const open = [root]
  let sound = true
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', () => {
    sound = false
  })
  parser.on('opentag', ({ local }) => {
    const element: Growing = { name: local, text: '', children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  const addText = (text: string) => {
    const element = open.at(-1)
    if (element) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => open.pop())
  parser.write(bytes.toString('utf8').replace(/^\uFEFF/, '')).close()
  return sound ? root.children[0] : undefined
}

interface Growing {
  name: string
  text: string
  children: Growing[]
}

/** The elements of a name, however deep, in the document's order. */
export function* all(within: Element | undefined, name: string): Generator<Element> {
  for (const child of within?.children ?? []) {
    if (child.name === name) yield child
    yield* all(child, name)
  }
}

/** The text of the first element of a name, trimmed; nothing where it is empty. */
export function textOf(within: Element | undefined, name: string): string | undefined {
  for (const { text } of all(within, name)) return text.trim() === '' ? undefined : text.trim()
  return undefined
}

export const escapeXml = (text: string): string =>
  text.replace(/[<>&"]/g, character => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[character] ?? character)
