/** Languages a mailbox can be opened in for the first time, which names its folders for ever. */
export type MailboxLanguage = 'en' | 'de' | 'nb' | 'fr'

/** Folders every mailbox has, by `DistinguishedFolderId`, with their class and their parent. */
export const distinguishedFolders = {
  root: { parent: undefined, folderClass: '' },
  msgfolderroot: { parent: 'root', folderClass: 'IPF.Note' },
  searchfolders: { parent: 'root', folderClass: 'IPF.Note' },
  recoverableitemsroot: { parent: 'root', folderClass: '' },
  recoverableitemsdeletions: { parent: 'recoverableitemsroot', folderClass: '' },
  recoverableitemsversions: { parent: 'recoverableitemsroot', folderClass: '' },
  recoverableitemspurges: { parent: 'recoverableitemsroot', folderClass: '' },
  inbox: { parent: 'msgfolderroot', folderClass: 'IPF.Note' },
  outbox: { parent: 'msgfolderroot', folderClass: 'IPF.Note' },
  sentitems: { parent: 'msgfolderroot', folderClass: 'IPF.Note' },
  deleteditems: { parent: 'msgfolderroot', folderClass: 'IPF.Note' },
  drafts: { parent: 'msgfolderroot', folderClass: 'IPF.Note' },
  junkemail: { parent: 'msgfolderroot', folderClass: 'IPF.Note' },
  calendar: { parent: 'msgfolderroot', folderClass: 'IPF.Appointment' },
  contacts: { parent: 'msgfolderroot', folderClass: 'IPF.Contact' },
  tasks: { parent: 'msgfolderroot', folderClass: 'IPF.Task' },
  notes: { parent: 'msgfolderroot', folderClass: 'IPF.StickyNote' },
  journal: { parent: 'msgfolderroot', folderClass: 'IPF.Journal' },
} as const satisfies Record<string, { readonly parent: string | undefined; readonly folderClass: string }>

export type DistinguishedFolder = keyof typeof distinguishedFolders

export const isDistinguishedFolder = (name: string): name is DistinguishedFolder => Object.hasOwn(distinguishedFolders, name)

type Translated = Exclude<DistinguishedFolder, 'root' | 'searchfolders' | `recoverableitems${string}`>

const english: Record<Translated, string> = {
  msgfolderroot: 'Top of Information Store',
  inbox: 'Inbox',
  outbox: 'Outbox',
  sentitems: 'Sent Items',
  deleteditems: 'Deleted Items',
  drafts: 'Drafts',
  junkemail: 'Junk Email',
  calendar: 'Calendar',
  contacts: 'Contacts',
  tasks: 'Tasks',
  notes: 'Notes',
  journal: 'Journal',
}

const names: Record<MailboxLanguage, Record<Translated, string>> = {
  en: english,
  de: {
    msgfolderroot: 'Oberste Ebene des Informationsspeichers',
    inbox: 'Posteingang',
    outbox: 'Postausgang',
    sentitems: 'Gesendete Elemente',
    deleteditems: 'Gelöschte Elemente',
    drafts: 'Entwürfe',
    junkemail: 'Junk-E-Mail',
    calendar: 'Kalender',
    contacts: 'Kontakte',
    tasks: 'Aufgaben',
    notes: 'Notizen',
    journal: 'Journal',
  },
  nb: {
    msgfolderroot: 'Øverst i informasjonslager',
    inbox: 'Innboks',
    outbox: 'Utboks',
    sentitems: 'Sendte elementer',
    deleteditems: 'Slettede elementer',
    drafts: 'Kladd',
    junkemail: 'Søppelpost',
    calendar: 'Kalender',
    contacts: 'Kontakter',
    tasks: 'Oppgaver',
    notes: 'Notater',
    journal: 'Journal',
  },
  fr: {
    msgfolderroot: 'Racine de la banque d’informations',
    inbox: 'Boîte de réception',
    outbox: 'Boîte d’envoi',
    sentitems: 'Éléments envoyés',
    deleteditems: 'Éléments supprimés',
    drafts: 'Brouillons',
    junkemail: 'Courrier indésirable',
    calendar: 'Calendrier',
    contacts: 'Contacts',
    tasks: 'Tâches',
    notes: 'Notes',
    journal: 'Journal',
  },
}

/** The store's own folders keep their English names in every language. */
const untranslated: Record<Exclude<DistinguishedFolder, Translated>, string> = {
  root: 'Root',
  searchfolders: 'Finder',
  recoverableitemsroot: 'Recoverable Items',
  recoverableitemsdeletions: 'Deletions',
  recoverableitemsversions: 'Versions',
  recoverableitemspurges: 'Purges',
}

export const folderName = (folder: DistinguishedFolder, language: MailboxLanguage): string =>
  ({ ...untranslated, ...names[language] })[folder]
