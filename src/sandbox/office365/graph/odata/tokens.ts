import { badRequest } from '../graphError.ts'

export interface Token {
  readonly kind: 'word' | 'string' | '(' | ')' | ',' | ':'
  readonly text: string
}

/** Quotes within a string are doubled. */
const pattern = /\s*(?:'((?:[^']|'')*)'|([(),])|(:)(?!\d)|([^\s'(),:]+(?::[^\s'(),:]+)*))/gy

/** Cuts a `$filter` into words, strings and marks. */
export function tokens(text: string): Token[] {
  const list: Token[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const [whole, string, mark, colon, word] = match
    end = match.index + whole.length
    if (string !== undefined) list.push({ kind: 'string', text: string.replaceAll("''", "'") })
    else if (mark === '(' || mark === ')' || mark === ',') list.push({ kind: mark, text: mark })
    else if (colon !== undefined) list.push({ kind: ':', text: ':' })
    else if (word !== undefined) list.push(...lambda(word))
  }
  if (text.slice(end).trim() !== '') throw badRequest(`Invalid filter clause: ${text}`)
  return list
}

/** `x:x/id` is a lambda's variable and its body; `10:00:00Z` is a time. */
function lambda(word: string): Token[] {
  const [, variable, rest] = /^([A-Za-z]\w*):(\D.*)$/.exec(word) ?? []
  if (variable === undefined || rest === undefined) return [{ kind: 'word', text: word }]
  return [
    { kind: 'word', text: variable },
    { kind: ':', text: ':' },
    { kind: 'word', text: rest },
  ]
}
