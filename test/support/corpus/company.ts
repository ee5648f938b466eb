import type { CorpusOptions } from '../corpus.ts'
import { corpus } from '../corpus.ts'
import type { Dovecot } from '../dovecot.ts'
import { seedMailbox } from '../mailbox.ts'

export interface Person {
  readonly name: string
  readonly user: string
  readonly password: string
}

const names = [
  'Anna Weiß',
  'Ben Carter',
  'Chiara Rossi',
  'Dmitri Volkov',
  'Elif Yılmaz',
  'François Noël',
  'Grace Okafor',
  'Hiro Tanaka',
  'Ines Álvarez',
  'Jan Nowak',
]

/** People with a mailbox each, in one domain. After the tenth their names come again with a number. */
export const company = (domain: string, people = names.length): Person[] =>
  Array.from({ length: people }, (_, index) => {
    const round = Math.floor(index / names.length)
    const name = `${names[index % names.length]}${round === 0 ? '' : ` ${round + 1}`}`
    const local = name
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replaceAll('ı', 'i')
      .normalize('NFD')
      .replaceAll(/[^\w ]/g, '')
      .replaceAll(' ', '.')
    return { name, user: `${local}@${domain}`, password: `${local}-${index} "secret"` }
  })

/** The `users` of `startDovecot`. */
export const passwords = (people: readonly Person[]): Record<string, string> =>
  Object.fromEntries(people.map(({ user, password }) => [user, password]))

/** Fills each person's mailbox, of different sizes around `messagesEach`. */
export async function seedCompany(
  server: Dovecot,
  people: readonly Person[],
  options: Omit<CorpusOptions, 'messages'> & { messagesEach: number },
): Promise<void> {
  for (const [index, { user }] of people.entries()) {
    const messages = Math.round(options.messagesEach * (0.4 + (1.2 * (index + 0.5)) / people.length))
    await seedMailbox(server, user, corpus({ ...options, seed: options.seed + index, messages }))
  }
}
