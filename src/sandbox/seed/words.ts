import type { Random } from '../random.ts'
import type { Charset } from './charsets.ts'

type List = readonly [string, ...string[]]

export interface Language {
  /** What mail programs of its speakers wrote in before UTF-8. */
  readonly charset: Charset
  readonly people: List
  readonly subjects: List
  readonly sentences: List
}

const english: Language = {
  charset: 'windows-1252',
  people: ['Alice Carter', 'Tom Whitfield', 'Priya Raman', 'Sean O’Brien'],
  subjects: ['Quarterly figures', 'Lunch on Thursday?', 'Re: Contract draft', 'Server maintenance tonight', 'Your order has shipped'],
  sentences: [
    'Please find the figures attached; the totals on page three are new.',
    'Could we move this to Thursday, half past two?',
    'I have spoken to the landlord and he agrees in principle.',
    'Nothing else has changed since the last version.',
  ],
}

const german: Language = {
  charset: 'iso-8859-1',
  people: ['Jürgen Müller', 'Ästhetik Groß', 'Anna Weiß'],
  subjects: ['Angebot für die Büromöbel', 'AW: Rückfrage zur Lieferung', 'Besprechung am Dienstag', 'Rechnung 2041'],
  sentences: [
    'anbei die gewünschten Unterlagen für das nächste Gespräch.',
    'Könnten wir den Termin auf übermorgen verschieben?',
    'Die Lieferung verzögert sich leider um zwei Wochen.',
  ],
}

const french: Language = {
  charset: 'windows-1252',
  people: ['Hélène Lefèvre', 'François Noël'],
  subjects: ['Réunion d’équipe', 'TR : Congés payés', 'Facture impayée'],
  sentences: [
    'Voici le compte rendu de la réunion d’hier.',
    'Merci de me répondre avant vendredi.',
    'Le dossier a été transmis à la comptabilité.',
  ],
}

const japanese: Language = {
  charset: 'iso-2022-jp',
  people: ['山田太郎', '鈴木花子'],
  subjects: ['会議の議事録', 'Re: お見積りの件', '請求書送付のご案内'],
  sentences: ['お世話になっております。', '添付の資料をご確認ください。', '来週の火曜日でよろしいでしょうか。'],
}

const russian: Language = {
  charset: 'koi8-r',
  people: ['Иван Петров', 'Ольга Смирнова'],
  subjects: ['Отчёт за квартал', 'Re: Договор поставки', 'Совещание в понедельник'],
  sentences: ['Направляю вам обновлённый договор.', 'Прошу подтвердить получение письма.', 'Встреча переносится на четверг.'],
}

const languages: readonly [Language, ...Language[]] = [english, english, german, german, french, japanese, russian]

export const anyLanguage = (random: Random): Language => random.pick(languages)

/** Sentences of one language, quoted-printable, at most so many bytes of them. */
export function paragraph(random: Random, language: Language, bytes: number): string {
  const sentences = encoded.get(language) ?? ['']
  const lines: string[] = []
  for (let left = bytes; ; ) {
    const line = random.pick(sentences)
    left -= line.length
    if (left < 0) return lines.join('')
    lines.push(line)
  }
}

/** Sentences as they are, one to a line. */
export const sentences = (random: Random, language: Language, count: number): string =>
  Array.from({ length: count }, () => `${random.pick(language.sentences)}\r\n`).join('')

/** RFC 2045, 6.7, with soft line breaks at 76 characters. */
const quotedPrintable = (text: string): string =>
  text
    .replace(/[^\x20-\x3c\x3e-\x7e]/gu, character => Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '=$&'))
    .replace(/((?:=[0-9A-F]{2}|[^=]){22,24})(?=.)/g, '$1=\r\n')

const encoded = new Map(
  languages.map(language => {
    const [first, ...more] = language.sentences.map(sentence => `${quotedPrintable(sentence)}\r\n`)
    return [language, [first ?? '', ...more] as const]
  }),
)
