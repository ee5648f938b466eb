/** An element of an answer, without its namespace prefix. Content elements have no text: their bytes go elsewhere. */
export interface XmlNode {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
  readonly text: string
}

/** The first descendant along a path of names. */
export function descend(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let found = node
  for (const name of path) found = found?.children.find(child => child.name === name)
  return found
}

/** The text at the end of a path; absent where the path is. */
export const textAt = (node: XmlNode | undefined, ...path: readonly string[]): string | undefined => descend(node, ...path)?.text

/** An `xs:int`, absent where the path is or holds none. */
export function numberAt(node: XmlNode | undefined, ...path: readonly string[]): number | undefined {
  const text = textAt(node, ...path)
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}

/** An `xs:dateTime`, which Exchange gives in UTC: milliseconds since the epoch. */
export function timeAt(node: XmlNode | undefined, ...path: readonly string[]): number | undefined {
  const text = textAt(node, ...path)
  const value = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(value) ? undefined : value
}
