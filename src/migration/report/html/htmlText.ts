import type { Report } from '../model.ts'
import { html, type Markup } from './escape.ts'
import { mailboxes } from './mailboxes.ts'
import { facts, figures, reasons, verdict } from './overview.ts'
import { english } from './say/english.ts'
import { german } from './say/german.ts'
import { style } from './style.ts'

/** The report as one page that needs nothing beside itself: no script, no font, no picture, no network. In pieces, mailbox by mailbox. */
export async function* htmlText(report: Report): AsyncGenerator<string, void, undefined> {
  for await (const { markup } of parts(report)) yield markup
}

async function* parts(report: Report): AsyncGenerator<Markup, void, undefined> {
  const say = { en: english, de: german }[report.language]
  yield html`<!doctype html>
<html lang="${say.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="Mailferry ${report.version}"><meta name="referrer" content="no-referrer">
<title>${say.title}: ${report.job.name}</title><style>${{ markup: style }}</style></head>
<body><main><header><p class="kicker">${say.title}</p><h1>${report.job.name}</h1><p class="soft">${report.source.name} → ${report.target.name}</p></header>
`
  yield verdict(say, report)
  yield figures(say, report)
  yield facts(say, report)
  yield reasons(say, report)
  yield* mailboxes(say, report)
  yield html`<footer><p>${say.footer}</p></footer>
</main></body></html>
`
}
