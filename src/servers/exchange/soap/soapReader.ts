import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from 'saxes'
import { createContentSplitter } from './contentSplitter.ts'
import type { XmlNode } from './node.ts'

export interface SoapSink {
  /** The root element's name, as soon as it is known. */
  root(name: string): void
  /** `MajorVersion.MinorVersion` of the header's ServerVersionInfo. */
  version(version: string): void
  /** A response message, which is a child of `ResponseMessages`, or a SOAP fault. */
  message(node: XmlNode): void
  /** The next decoded bytes of a message's MIME or export stream. */
  content(bytes: Buffer): void
}

export interface SoapReader {
  /** Takes the next bytes. Throws a `SyntaxError` where they are no well-formed XML or base64. */
  write(chunk: Buffer): void
  /** Whether the envelope was read to its end; what comes behind it is ignored. */
  readonly complete: boolean
}

/** Elements whose text is base64 of unbounded size: GetItem's and ExportItems'. */
const contents = new Set(['MimeContent', 'Data'])

interface Open extends XmlNode {
  readonly children: XmlNode[]
  text: string
}

/**
 * Reads a SOAP answer as it comes. Only the response message being read is held, and never its content. Exchange writes characters that XML 1.0
 * forbids where a subject holds them, as references (`&#x1F;`): these alone are let through.
 */
export function createSoapReader(sink: SoapSink): SoapReader {
  const open: Open[] = []
  const text = new StringDecoder('utf8')
  const parser = new SaxesParser({ position: false, xmlns: false })
  let complete = false
  let flaw: string | undefined

  parser.on('error', error => {
    if (!complete && !/(disallowed character|malformed character entity)\.$/.test(error.message)) flaw ??= error.message
  })
  parser.on('doctype', () => {
    flaw ??= 'a document type'
  })
  parser.on('opentag', tag => {
    const node: Open = { name: localName(tag.name), attributes: tag.attributes, children: [], text: '' }
    if (open.length === 0) sink.root(node.name)
    if (node.name === 'ServerVersionInfo') sink.version(`${node.attributes['MajorVersion']}.${node.attributes['MinorVersion']}`)
    open.push(node)
  })
  const addText = (piece: string) => {
    const node = open.at(-1)
    if (node) node.text += piece
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const node = open.pop()
    const parent = open.at(-1)
    if (!node) return
    // White space between child elements is no text.
    if (node.children.length > 0) node.text = ''
    if (isMessage(node, parent, open.length)) sink.message(node)
    else parent?.children.push(node)
    if (!parent) complete = true
  })

  const feed = createContentSplitter(contents, {
    xml: bytes => {
      if (!complete) parser.write(text.write(bytes))
      if (flaw !== undefined) throw new SyntaxError(flaw)
    },
    content: bytes => sink.content(bytes),
  })
  return {
    write(chunk) {
      if (!complete) feed(chunk)
    },
    get complete() {
      return complete
    },
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Envelope, Body, answer, ResponseMessages: that deep lies a message. */
const isMessage = (node: Open, parent: Open | undefined, depth: number): boolean =>
  (parent?.name === 'ResponseMessages' && depth === 4) || (node.name === 'Fault' && parent?.name === 'Body' && depth === 2)
