import type { ReadinessFinding } from '../../domain/readiness.ts'
import type { MailboxEvent } from '../../rpc/events.ts'
import type { Wording } from '../../views/wording.ts'

/** Of a mailbox that opens and is ready there is nothing to say. */
export function preflightLines(wording: Wording, { mailbox, error, readiness = [] }: MailboxEvent): string[] {
  const findings = readiness.filter(({ state }) => state !== 'fine').flatMap(finding => findingLines(wording, finding))
  if (error === undefined && findings.length === 0) return []
  const { message, next } = error === undefined ? { message: '', next: '' } : wording.describe(error)
  return [`## ${mailbox}`, '', ...(error === undefined ? [] : [`- ✗ ${message} ${next}`]), ...findings, '']
}

const signs = { fine: '✓', note: '–', attention: '!', blocking: '✗', notExamined: '?' } as const

export const findingLines = ({ l10n, said }: Wording, { state, detail, look }: ReadinessFinding): string[] => [
  `- ${signs[state]} ${state === 'notExamined' ? l10n.t('not examined: {0}', said('readiness', detail)) : said('readiness', detail)}`,
  ...(look === undefined ? [] : ['', `      ${look}`, '']),
]
