import type { Report } from '../model.ts'
import { html, type Markup } from './escape.ts'
import { mailboxes } from './mailboxes.ts'
import { facts, figures, reasons, verdict } from './overview.ts'
import { style } from './style.ts'

/** The report as one page that needs nothing beside itself: no script, no font, no picture, no network. In pieces, mailbox by mailbox. */
export async function* htmlText(report: Report): AsyncGenerator<string, void, undefined> {
  for await (const { markup } of parts(report)) yield markup
}

async function* parts(report: Report): AsyncGenerator<Markup, void, undefined> {
  yield html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Mailferry ${report.version}"><meta name="referrer" content="no-referrer">
<title>Migration report: ${report.job.name}</title><style>${{ markup: style }}</style></head>
<body><main><header><p class="kicker">Migration report</p><h1>${report.job.name}</h1><p class="soft">${report.source.name} → ${report.target.name}</p></header>
`
  yield verdict(report)
  yield figures(report)
  yield facts(report)
  yield reasons(report)
  yield* mailboxes(report)
  yield html`<footer><p>Counted from the ledger, where every message of the source has its row. “Read back” means that the target was asked for the message after it was written, and has it with the source’s size and date.</p></footer>
</main></body></html>
`
}
