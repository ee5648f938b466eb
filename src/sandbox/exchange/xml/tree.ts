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
