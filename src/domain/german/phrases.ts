import { checks } from './phrases/checks.ts'
import { cutover } from './phrases/cutover.ts'
import { fields } from './phrases/fields.ts'
import { findings } from './phrases/findings.ts'
import { readiness } from './phrases/readiness.ts'
import { reasons } from './phrases/reasons.ts'
import { report } from './phrases/report.ts'
import { units } from './phrases/units.ts'

/**
 * Sentences and parts of sentences that the engine says in English, each with its German; `{0}` stands for what is filled in. The English is the key, as it is for the
 * editor's own texts. A book is for texts of ours alone: what a server answered nobody can translate.
 */
export const books = { checks, cutover, fields, findings, readiness, reasons, report } as const satisfies Readonly<Record<string, Book>>

export type BookName = keyof typeof books
type Book = Readonly<Record<string, string>>

interface Template {
  readonly pattern: RegExp
  readonly german: string
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What is filled in holds no `; `, which joins whole phrases; only a command on lines of its own may. */
const filled = (before: string): string => (before.endsWith('\n') ? '(.+)' : '((?:(?!; ).)+?)')

function templateOf([english, german]: readonly [string, string]): Template {
  const parts = english.split(/\{\d\}/)
  const pattern = parts.map((part, at) => escaped(part) + (at === parts.length - 1 ? '' : filled(part))).join('')
  return { pattern: new RegExp(`^${pattern}$`, 's'), german }
}

const literal = (english: string): number => english.replace(/\{\d\}/g, '').length

/** Those that say most come first: the first that fits is taken. */
const templatesOf = (book: Book): readonly Template[] =>
  Object.entries({ ...units, ...book })
    .filter(([english]) => english.includes('{0}'))
    .toSorted(([a], [b]) => literal(b) - literal(a))
    .map(templateOf)

const known = new Map<Book, readonly Template[]>()

function templates(book: Book): readonly Template[] {
  const made = known.get(book) ?? templatesOf(book)
  known.set(book, made)
  return made
}

/** A text of the engine's in German, whole or phrase by phrase; what isn't known stays as it is. */
export function inGerman(name: BookName, text: string): string {
  const book = books[name]
  if (Object.hasOwn(book, text)) return Object.entries(book).find(([english]) => english === text)?.[1] ?? text
  for (const { pattern, german } of templates(book)) {
    const found = pattern.exec(text)
    if (found !== null) return german.replace(/\{(\d)\}/g, (_, at: string) => inGerman(name, found[Number(at) + 1] ?? ''))
  }
  const parts = text.split('; ')
  return parts.length === 1 ? numbers(text) : parts.map(part => inGerman(name, part)).join('; ')
}

/** `1,234` and `12.5 MB`, where that is all of it. */
const numbers = (text: string): string =>
  /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '.') : text.replace(/^(\d+)\.(\d+) ([kMGT]B)$/, '$1,$2 $3')
