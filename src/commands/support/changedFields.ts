/** One field that differs between two settings, by its path as a plan has it. */
export interface ChangedField {
  readonly path: string
  readonly from: string | undefined
  readonly to: string | undefined
}

/** What differs between two values, field by field; a list counts as one field. */
export function changedFields(from: unknown, to: unknown): ChangedField[] {
  const [before, after] = [fieldsOf(from), fieldsOf(to)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(path => {
    const field = { path, from: before.get(path), to: after.get(path) }
    return field.from === field.to ? [] : [field]
  })
}

function fieldsOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map(value == null ? [] : [[path, plain(value)]])
  return new Map(Object.entries(value).flatMap(([key, one]) => [...fieldsOf(one, path === '' ? key : `${path}.${key}`)]))
}

const plain = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
