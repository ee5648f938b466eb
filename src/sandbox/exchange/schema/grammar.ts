import { type SchemaVersion, schemaVersions } from '../versions.ts'

/** One step of an element's content: any of these elements, so many times. */
export interface Particle {
  readonly elements: ReadonlyMap<string, Named>
  readonly atLeastOne: boolean
  readonly repeats: boolean
}

export interface Named {
  readonly type: string
  /** The first version that knows it. */
  readonly since: SchemaVersion | undefined
}

export interface Attribute extends Named {
  readonly required: boolean
}

export interface ComplexType {
  /** Namespace of its child elements. */
  readonly namespace: 'm' | 't'
  readonly particles: readonly Particle[]
  readonly attributes: ReadonlyMap<string, Attribute>
  /** The simple type of its text, where it has text beside attributes. */
  readonly text: string | undefined
}

export interface Grammar {
  readonly complex: ReadonlyMap<string, ComplexType>
  /** Enumerations by name. */
  readonly enumerations: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * Reads a grammar, one type a line:
 * `Name = part part…`, the parts being `element:Type` with `?`, `*` or `+` after the name, a choice `[a:A|b:B]` with the same after it, an attribute
 * `@name:Type` (`!`: required), `<Base` to begin with another type's parts, `"Type` for text; `{version}` behind one tells since when it exists.
 * `m:Name` has its elements in the messages' namespace. `Name := a b c` is an enumeration.
 */
export function parseGrammar(...texts: readonly string[]): Grammar {
  const complex = new Map<string, ComplexType>()
  const enumerations = new Map<string, ReadonlySet<string>>()
  const lines = texts.flatMap(text => text.split('\n')).map(line => line.trim())
  for (const line of lines.filter(line => line !== '')) {
    const [, name, kind, parts] = /^(\S+) (:?=) ?(.*)$/.exec(line) ?? []
    if (name === undefined || parts === undefined) throw new Error(`Not a type: ${line}`)
    if (kind === ':=') enumerations.set(name, new Set(parts.split(' ')))
    else complex.set(name.replace('m:', ''), parseType(name, parts, complex))
  }
  return { complex, enumerations }
}

function parseType(name: string, parts: string, known: ReadonlyMap<string, ComplexType>): ComplexType {
  const particles: Particle[] = []
  const attributes = new Map<string, Attribute>()
  let text: string | undefined
  for (const part of parts.split(' ').filter(part => part !== '')) {
    if (part.startsWith('<')) {
      const base = known.get(part.slice(1))
      if (!base) throw new Error(`${name}: unknown base ${part}`)
      particles.push(...base.particles)
      for (const entry of base.attributes) attributes.set(...entry)
    } else if (part.startsWith('"')) text = part.slice(1)
    else if (part.startsWith('@')) {
      const { name: attribute, mark, ...named } = parseNamed(part.slice(1))
      attributes.set(attribute, { ...named, required: mark === '!' })
    } else particles.push(parseParticle(part))
  }
  return { namespace: name.startsWith('m:') ? 'm' : 't', particles, attributes, text }
}

function parseParticle(part: string): Particle {
  if (!part.startsWith('[')) {
    const { name, mark, ...named } = parseNamed(part)
    return { elements: new Map([[name, named]]), ...occurs(mark) }
  }
  const end = part.lastIndexOf(']')
  const elements = part
    .slice(1, end)
    .split('|')
    .map(parseNamed)
    .map(({ name, mark: _, ...named }) => [name, named] as const)
  return { elements: new Map(elements), ...occurs(part.slice(end + 1)) }
}

const occurs = (mark: string) => ({ atLeastOne: mark === '' || mark === '+', repeats: mark === '*' || mark === '+' })

function parseNamed(part: string): Named & { readonly name: string; readonly mark: string } {
  const [, name, mark = '', type, since] = /^([\w.]+)([?*+!]?):(\w+)(?:\{(\w+)\})?$/.exec(part) ?? []
  if (name === undefined || type === undefined) throw new Error(`Not a part of a type: ${part}`)
  return { name, mark, type, since: schemaVersions.find(version => version === `Exchange${since}`) }
}
