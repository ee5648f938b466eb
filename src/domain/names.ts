import { MailferryError } from './errors.ts'

/** Characters, not UTF-16 units. Long enough for a sentence, short enough for a tree and a file name. */
export const longestName = 100

/** What a job's name never contains: it becomes part of file names, on any system. */
const forbiddenInJobs = new Set('\\/:*?<>|"')

const isControl = (char: string): boolean => /[\p{Cc}\u2028\u2029]/u.test(char)

/** A name as it is compared: without regard to case, to surrounding white space, and to how accents are composed. */
export const nameKey = (name: string): string => name.trim().normalize('NFC').toLowerCase()

/**
 * A connection's or job's name as it is stored, without surrounding white space; or why it can't be one:
 * `name.empty`, `name.tooLong`, `name.forbidden`.
 */
export const checkName = (kind: 'connection' | 'job', text: string): string | MailferryError => {
  const name = text.trim().normalize('NFC')
  if (name === '') return new MailferryError('name.empty', { kind })
  const chars = [...name]
  if (chars.length > longestName) return new MailferryError('name.tooLong', { kind, name, length: chars.length, limit: longestName })
  const forbidden = [...new Set(chars)].filter(char => isControl(char) || (kind === 'job' && forbiddenInJobs.has(char)))
  if (forbidden.length === 0) return name
  const shown = forbidden.map(char => (isControl(char) ? 'a control character' : char))
  return new MailferryError('name.forbidden', { kind, name, characters: [...new Set(shown)].join(' ') })
}

/** `name.taken` where another one has the name; `others` are the names of all but the one that is to have it. */
export const refuseTaken = (kind: 'connection' | 'job', name: string, others: Iterable<string>): MailferryError | undefined => {
  const key = nameKey(name)
  for (const other of others) {
    if (nameKey(other) === key) return new MailferryError('name.taken', { kind, name: other })
  }
  return undefined
}
