/** Markup that may be put into a page as it is: made by `html` alone. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | undefined | Markup | readonly Markup[]

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escaped = (text: string): string =>
  text
    .replace(/[&<>"']/g, character => entities[character] ?? '')
    // Control characters are not allowed in a page, and direction marks could make a folder's name read as another.
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
      character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .toWellFormed()

const text = (part: Part): string => {
  if (part === undefined) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escaped(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** A template whose every value is escaped unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: strings.reduce((page, string, at) => page + text(parts[at - 1]) + string),
})

export const nothing: Markup = { markup: '' }
