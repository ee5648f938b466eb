import { byteOrderMark, row } from './csvRow.ts'
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
  readonly address?: string
  /** Ambiguous: all that answer. */
  readonly candidates?: readonly string[]
  readonly problem?: string
}

export interface RefreshReport {
  readonly job: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly version: string
  readonly lines: readonly RefreshLine[]
}

/** One row for each mailbox of both sides. */
export async function* refreshCsv({ lines }: RefreshReport): AsyncGenerator<string, void, undefined> {
  yield byteOrderMark + row(['side', 'outcome', 'before', 'now', 'candidates', 'problem'])
  for (const { side, outcome, mailbox, address, candidates, problem } of lines)
    yield row([side, outcome, mailbox, address, candidates?.join(' '), problem])
}

/** The same as a page that needs nothing beside itself, what there is to do first. */
export async function* refreshHtml({ job, at, version, lines }: RefreshReport): AsyncGenerator<string, void, undefined> {
  const { markup: head } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Mailferry ${version}"><meta name="referrer" content="no-referrer">
<title>Email addresses: ${job}</title><style>${{ markup: style }}</style></head>
<body><main><header><p class="kicker">Refreshed email addresses</p><h1>${job}</h1><p class="soft">${at}</p></header>
`
  yield head
  for (const outcome of outcomes) {
    const those = lines.filter(line => line.outcome === outcome)
    const { title, meaning } = words[outcome]
    if (those.length === 0) continue
    yield html`<h2>${title}: ${those.length}</h2><p class="soft">${meaning}</p>
<div class="table"><table><thead><tr><th scope="col">Side</th><th scope="col">Address so far</th><th scope="col">Now</th></tr></thead><tbody>
`.markup
    for (const line of those) yield lineMarkup(line).markup
    yield '</tbody></table></div>\n'
  }
  yield '</main></body></html>\n'
}

const lineMarkup = ({ side, mailbox, address, candidates, problem }: RefreshLine): Markup =>
  html`<tr><td>${side}</td><th scope="row">${mailbox}</th><td class="w">${problem ?? candidates?.join(', ') ?? address}</td></tr>
`

const words = {
  failed: { title: 'Failed', meaning: 'They could not be looked up; refresh them again.' },
  notFound: { title: 'Not found', meaning: 'No mailbox has the immutable id any more, or the address where no id is known.' },
  ambiguous: { title: 'Ambiguous', meaning: 'Several mailboxes answer; nothing was changed.' },
  refreshed: { title: 'Refreshed', meaning: 'The same mailbox has another address now. Nothing is migrated again because of it.' },
  unchanged: { title: 'Unchanged', meaning: 'The same mailbox under the same address.' },
} as const
