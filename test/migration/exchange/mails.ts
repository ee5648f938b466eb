import type { Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { putMail } from '../../support/exchangeMailbox.ts'
import type { SeedFolder } from '../../support/mailbox.ts'

const start = Date.UTC(2024, 2, 1, 8, 0, 0)

/** A message as both kinds of server keep it. Each number is another message, a minute later. */
export const mime = (n: number, text = `This is message ${n}.`): string => `From: Ann Example <ann@example.org>
To: Bob <bob@example.org>
Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_${n}?=
Date: ${new Date(start + n * 60_000).toUTCString().replace('GMT', '+0000')}
Message-ID: <${n}@example.org>
Disposition-Notification-To: <ann@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b${n}"

--b${n}
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

${text} =C3=BC
--b${n}
Content-Type: application/octet-stream; name="a.bin"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="a.bin"

${Buffer.from(`attachment ${n}`).toString('base64')}
--b${n}--
`

export const received = (n: number): number => start + n * 60_000 + 5000

interface Spec {
  readonly path: readonly string[]
  readonly n: number
  readonly read?: boolean
  readonly flagged?: boolean
  readonly draft?: boolean
  readonly categories?: readonly string[]
}

/** Read and unread, flagged, draft, categorised; one message twice; folders in folders. */
export const company: readonly Spec[] = [
  ...Array.from({ length: 8 }, (_, n) => ({ path: ['INBOX'], n, read: n % 2 === 0 })),
  { path: ['INBOX'], n: 3 },
  { path: ['INBOX'], n: 20, flagged: true, categories: ['Red category', 'Büro'] },
  { path: ['Projects'], n: 30, read: true },
  { path: ['Projects', 'Köln 2024'], n: 31, categories: ['Work'] },
  { path: ['Drafts'], n: 40, draft: true },
]

export function fillExchange(mailbox: Mailbox): void {
  for (const { path, n, flagged, ...more } of company)
    putMail(mailbox, path, { mime: mime(n), received: received(n), ...more, ...(flagged && { followUp: 'flagged' }) })
}

/** As an earlier migration out of Exchange wrote the categories, for IMAP's keywords hold no spaces. */
export function imapFolders(): SeedFolder[] {
  const keyword: Readonly<Record<string, string>> = { 'Red category': '=Red=20category', Büro: '=B=C3=BCro' }
  return [...Map.groupBy(company, ({ path }) => path.join('/'))].map(([, specs]) => ({
    path: specs[0]?.path ?? [],
    messages: specs.map(({ n, read, flagged, draft, categories = [] }) => ({
      body: mime(n).replaceAll('\n', '\r\n'),
      received: new Date(received(n)),
      flags: [
        ...(read ? ['\\Seen'] : []),
        ...(flagged ? ['\\Flagged'] : []),
        ...(draft ? ['\\Draft'] : []),
        ...categories.map(category => keyword[category] ?? category),
      ],
    })),
  }))
}
