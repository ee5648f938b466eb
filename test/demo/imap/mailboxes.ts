import type { Person } from '../../support/corpus/company.ts'
import { type CorpusFolder, folderTree } from '../../support/corpus/folderTree.ts'
import { corpus } from '../../support/corpus.ts'
import type { Dovecot } from '../../support/dovecot.ts'
import { type SeedFolder, type SeedMessage, seedMailbox } from '../../support/mailbox.ts'
import { seeded } from '../../support/random.ts'
import { conversation, type Letter } from './conversations.ts'
import { usualFolders } from './servers.ts'

export interface SeedOptions {
  /** Messages in a mailbox, on average. */
  readonly messages: number
  readonly signal: AbortSignal
}

/** Fills every mailbox with ten years of mail and the conversations among colleagues; answers how many messages that makes. */
export async function seedMailboxes(server: Dovecot, people: readonly [Person, ...Person[]], options: SeedOptions): Promise<number> {
  const letters = conversations(people, Math.ceil(options.messages / 8))
  let total = 0
  for (const [index, person] of people.entries()) {
    options.signal.throwIfAborted()
    const size = Math.round(options.messages * (0.4 + (1.2 * (index + 0.5)) / people.length))
    const grown = corpus({ seed: 40 + index, messages: size, sizes: 'real', folders: foldersOf(index) })
    const [received, sent] = [lettersTo(person, letters), lettersFrom(person, letters)]
    await seedMailbox(server, person.user, [...grown, inFolder('INBOX', received), inFolder('Sent', sent)])
    total += size + received.length + sent.length
  }
  return total
}

export const lettersTo = (person: Person, letters: readonly Letter[]): SeedMessage[] =>
  letters.filter(({ to }) => to.includes(person)).map(({ message }) => message)

export const lettersFrom = (person: Person, letters: readonly Letter[]): SeedMessage[] =>
  letters.filter(({ from }) => from === person).map(({ message }) => ({ ...message, flags: ['\\Seen'] }))

export const inFolder = (name: string, messages: readonly SeedMessage[]): SeedFolder => ({ path: [name], messages })

function conversations(people: readonly [Person, ...Person[]], count: number): Letter[] {
  const random = seeded(4)
  const latest = Date.parse('2026-06-01T00:00:00Z')
  const twoYears = 730 * 24 * 60
  return Array.from({ length: count }, () => [
    ...conversation(random, people, new Date(latest - random.between(0, twoYears) * 60_000)),
  ]).flat()
}

/** Top folders that people have beside the usual ones; in the order of the company's people, again from the start after the tenth. */
const ownFolders = [
  ['Projekte', 'Rechnungen'],
  ['Mailing lists', '🚀 Launch', 'Old (do not delete!)'],
  ['Rechnungen', 'Empty since 2019'],
  ['Работа', 'Mailing lists'],
  ['Ελλάδα', 'العملاء', '🚀 Launch'],
  ['Équipe', 'Mailing lists'],
  ['Old (do not delete!)', 'ישראל'],
  ['仕事', '项目', '한국 지사'],
  ['Facturación', 'Reuniões'],
  ['Łódź i okolice', 'Zákazníci', 'ลูกค้า'],
] as const

function foldersOf(index: number): CorpusFolder[] {
  const own: readonly string[] = ownFolders[index % ownFolders.length] ?? []
  return folderTree.filter(({ path: [top = ''] }) => top === 'INBOX' || usualFolders.has(top) || own.includes(top))
}
