/** Forty folders as people of many countries make them; `share` is what part of the mailbox lies there, in thousandths. */
export interface CorpusFolder {
  readonly path: readonly string[]
  readonly share: number
  readonly subscribed: boolean
}

const folder = (path: string, share: number, subscribed = true): CorpusFolder => ({ path: path.split('/'), share, subscribed })

export const folderTree: readonly CorpusFolder[] = [
  folder('INBOX', 260),
  folder('Sent', 170),
  folder('Drafts', 4),
  folder('Trash', 45),
  folder('Junk', 40, false),
  folder('Archive', 60),
  folder('Archive/2016', 20),
  folder('Archive/2018', 24),
  folder('Archive/2020', 28),
  folder('Archive/2022', 30),
  folder('Archive/2024', 34),
  folder('Projekte', 10),
  folder('Projekte/Müller & Söhne', 22),
  folder('Projekte/Müller & Söhne/Angebote', 9),
  folder('Projekte/Straße 12', 8),
  folder('Rechnungen', 26),
  folder('Rechnungen/Mahnungen', 3),
  folder('Équipe', 12),
  folder('Équipe/Réunions', 14),
  folder('Équipe/Congés payés', 5, false),
  folder('Reuniões', 8),
  folder('Facturación', 9),
  folder('Zákazníci', 11),
  folder('Łódź i okolice', 4),
  folder('Работа', 15),
  folder('Работа/Отчёты', 12),
  folder('Ελλάδα', 6),
  folder('ישראל', 5),
  folder('العملاء', 5),
  folder('仕事', 14),
  folder('仕事/会議', 9),
  folder('项目', 10),
  folder('한국 지사', 6),
  folder('ลูกค้า', 3),
  folder('🚀 Launch', 7),
  folder('Mailing lists', 2, false),
  folder('Mailing lists/imap-protocol', 32),
  folder('Mailing lists/announce', 18, false),
  folder('Old (do not delete!)', 6),
  folder('Empty since 2019', 0),
]
