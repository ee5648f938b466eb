import type { DistinguishedFolder, MailboxLanguage } from '../exchange/language.ts'

/** Where an item lies: a folder every mailbox has, or one below it. */
export interface SeedPlace {
  readonly root: DistinguishedFolder
  readonly path: readonly string[]
}

export interface SeedFolder extends SeedPlace {
  /** What part of a mailbox's mail lies there, in proportion. */
  readonly share: number
}

const folder = (root: DistinguishedFolder, path: string, share: number): SeedFolder => ({
  root,
  path: path === '' ? [] : path.split('/'),
  share,
})

const everybodys: readonly SeedFolder[] = [
  folder('inbox', '', 420),
  folder('deleteditems', '', 50),
  folder('junkemail', '', 30),
  folder('inbox', 'Newsletters', 40),
  folder('msgfolderroot', 'Archive', 60),
  folder('msgfolderroot', 'Archive/2017', 25),
  folder('msgfolderroot', 'Archive/2019', 30),
  folder('msgfolderroot', 'Archive/2019/Q4 (closed)', 10),
  folder('msgfolderroot', '🚀 Launch', 12),
  folder('msgfolderroot', 'Empty since 2019', 0),
  folder('msgfolderroot', '仕事', 12),
  folder('msgfolderroot', '仕事/会議', 8),
  folder('msgfolderroot', 'Отчёты', 10),
]

const byLanguage: Record<MailboxLanguage, readonly SeedFolder[]> = {
  en: [
    folder('msgfolderroot', 'Projects/Smith & Sons', 40),
    folder('msgfolderroot', 'Projects/Smith & Sons/Quotes', 20),
    folder('inbox', 'To do', 20),
  ],
  de: [
    folder('msgfolderroot', 'Projekte/Müller & Söhne', 40),
    folder('msgfolderroot', 'Projekte/Müller & Söhne/Angebote', 20),
    folder('inbox', 'Straße 12', 20),
  ],
  fr: [
    folder('msgfolderroot', 'Équipe/Réunions', 40),
    folder('msgfolderroot', 'Équipe/Congés payés', 20),
    folder('inbox', 'À traiter', 20),
  ],
  nb: [
    folder('msgfolderroot', 'Prosjekter/Fløyen', 40),
    folder('msgfolderroot', 'Prosjekter/Fløyen/Tilbud', 20),
    folder('inbox', 'Å gjøre', 20),
  ],
}

/** The folders that somebody of this language has received mail in. */
export const seedFolders = (language: MailboxLanguage): readonly SeedFolder[] => [...everybodys, ...byLanguage[language]]
