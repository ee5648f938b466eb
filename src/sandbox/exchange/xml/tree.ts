/** Namespaces of EWS's documents, by the short names their elements are known by here. */
export const namespaces = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  m: 'http://schemas.microsoft.com/exchange/services/2006/messages',
  t: 'http://schemas.microsoft.com/exchange/services/2006/types',
  e: 'http://schemas.microsoft.com/exchange/services/2006/errors',
} as const

export type NamespaceName = keyof typeof namespaces

/** An element. Text beside elements isn't kept: EWS's documents have no mixed content. */
export interface XmlElement {
  /** Empty: another namespace. */
  readonly namespace: NamespaceName | ''
  /** Without a prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** `t:Subject` → an element of the types' namespace; content is text or elements. */
export function element(
  qualified: `${NamespaceName}:${string}`,
  content: string | readonly XmlElement[] = [],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  const colon = qualified.indexOf(':')
  const namespace = qualified.slice(0, colon) as NamespaceName
  const name = qualified.slice(colon + 1)
  return typeof content === 'string'
    ? { namespace, name, attributes, children: [], text: content }
    : { namespace, name, attributes, children: content, text: '' }
}

export const child = (parent: XmlElement | undefined, name: string): XmlElement | undefined =>
  parent?.children.find(one => one.name === name)

/** The text of a child; undefined where there is no such child. */
export const childText = (parent: XmlElement | undefined, name: string): string | undefined => child(parent, name)?.text
