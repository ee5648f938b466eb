import type { Language } from '../../domain/language.ts'
import { byteOrderMark, row } from './csvRow.ts'
import { time } from './html/cells.ts'
import { html, type Markup } from './html/escape.ts'
import { style } from './html/style.ts'

/** How a mailbox fared when its addresses were read anew; what there is to do comes first. */
const outcomes = ['failed', 'notFound', 'ambiguous', 'refreshed', 'unchanged'] as const

export interface RefreshLine {
  readonly side: 'source' | 'target'
  /** Its address so far. */
  readonly mailbox: string
  readonly outcome: (typeof outcomes)[number]
  /** Its address from now on. */
  readonly address?: string | undefined
  /** Ambiguous: all that answer. */
  readonly candidates?: readonly string[] | undefined
  readonly problem?: string | undefined
}

export interface RefreshReport {
  readonly job: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly version: string
  readonly language: Language
  readonly lines: readonly RefreshLine[]
}

/** One row for each mailbox of both sides. */
export async function* refreshCsv({ lines }: RefreshReport): AsyncGenerator<string, void, undefined> {
  yield byteOrderMark + row(['side', 'outcome', 'before', 'now', 'candidates', 'problem'])
  for (const { side, outcome, mailbox, address, candidates, problem } of lines)
    yield row([side, outcome, mailbox, address, candidates?.join(' '), problem])
}

/** The same as a page that needs nothing beside itself, what there is to do first. */
export async function* refreshHtml({ job, at, version, language, lines }: RefreshReport): AsyncGenerator<string, void, undefined> {
  const { title, kicker, columns, sides, words } = { en: english, de: german }[language]
  const { markup: head } = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Mailferry ${version}"><meta name="referrer" content="no-referrer">
<title>${title}: ${job}</title><style>${{ markup: style }}</style></head>
<body><main><header><p class="kicker">${kicker}</p><h1>${job}</h1><p class="soft">${time(at)}</p></header>
`
  yield head
  for (const outcome of outcomes) {
    const those = lines.filter(line => line.outcome === outcome)
    if (those.length === 0) continue
    const [heading, meaning] = words[outcome]
    yield html`<h2>${heading}: ${those.length}</h2><p class="soft">${meaning}</p>
<div class="table"><table><thead><tr>${columns.map(name => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>
`.markup
    for (const line of those) yield lineMarkup(sides[line.side], line).markup
    yield '</tbody></table></div>\n'
  }
  yield '</main></body></html>\n'
}

const lineMarkup = (side: string, { mailbox, address, candidates, problem }: RefreshLine): Markup =>
  html`<tr><td>${side}</td><th scope="row">${mailbox}</th><td class="w">${problem ?? candidates?.join(', ') ?? address}</td></tr>
`

interface Words {
  readonly title: string
  readonly kicker: string
  readonly columns: readonly [side: string, before: string, now: string]
  readonly sides: Readonly<Record<RefreshLine['side'], string>>
  readonly words: Readonly<Record<RefreshLine['outcome'], readonly [heading: string, meaning: string]>>
}

const english: Words = {
  title: 'Email addresses',
  kicker: 'Refreshed email addresses',
  columns: ['Side', 'Address so far', 'Now'],
  sides: { source: 'source', target: 'target' },
  words: {
    failed: ['Failed', 'They could not be looked up; refresh them again.'],
    notFound: ['Not found', 'No mailbox has the immutable id any more, or the address where no id is known.'],
    ambiguous: ['Ambiguous', 'Several mailboxes answer; nothing was changed.'],
    refreshed: ['Refreshed', 'The same mailbox has another address now. Nothing is migrated again because of it.'],
    unchanged: ['Unchanged', 'The same mailbox under the same address.'],
  },
}

const german: Words = {
  title: 'E-Mail-Adressen',
  kicker: 'Aktualisierte E-Mail-Adressen',
  columns: ['Seite', 'Bisherige Adresse', 'Jetzt'],
  sides: { source: 'Quelle', target: 'Ziel' },
  words: {
    failed: ['Gescheitert', 'Sie ließen sich nicht nachschlagen; aktualisieren Sie sie noch einmal.'],
    notFound: ['Nicht gefunden', 'Kein Postfach hat die unveränderliche ID mehr, oder die Adresse, wo keine ID bekannt ist.'],
    ambiguous: ['Mehrdeutig', 'Mehrere Postfächer antworten; nichts wurde geändert.'],
    refreshed: ['Aktualisiert', 'Dasselbe Postfach hat jetzt eine andere Adresse. Deswegen wird nichts noch einmal migriert.'],
    unchanged: ['Unverändert', 'Dasselbe Postfach unter derselben Adresse.'],
  },
}
