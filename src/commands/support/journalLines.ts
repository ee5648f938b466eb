import type { JournalKind } from '../../domain/journalKind.ts'
import type { JournalLine } from '../../rpc/results.ts'
import type { L10n, Wording } from '../../views/wording.ts'
import { changedFields } from './changedFields.ts'

type Detail = NonNullable<JournalLine['detail']>
/** What happened to the thing of that name, and what more is to be told of it. */
type Words = (wording: Wording, name: string, detail: Detail) => readonly [what: string, ...facts: string[]]

/** A journal entry as a person reads it: when, who, what happened to what, and below it old → new and the evidence. */
export function journalLines(wording: Wording, line: JournalLine): string[] {
  const { at, who, subject, name, what, detail = {} } = line
  const said = isKind(what) ? words[what] : undefined
  // An entry that a newer Mailferry made is shown as it is.
  const [text, ...facts] =
    said === undefined
      ? ([`${what}: ${name ?? subject}`, ...fieldsText(detail)] as const)
      : said(wording, name ?? named(detail, subject), detail)
  const head = [wording.date(at), ...(who === undefined ? [] : [who])].join(', ')
  return [`- ${head}: ${text}`, ...facts.map(fact => `  - ${fact}`)]
}

const isKind = (what: string): what is JournalKind => Object.hasOwn(words, what)

/** What is gone from the ledger is still named in the entry about it. */
const named = ({ name }: Detail, subject: string): string => (typeof name === 'string' ? name : subject)

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
const part = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined

const fieldsText = (to: unknown): string[] => changedFields(undefined, to).map(({ path, to }) => `${path}: ${to}`)

/** Old → new, field by field, by the names that a plan has for them. */
const changes = ({ l10n }: Wording, { from, to }: Detail): string[] =>
  changedFields(from, to).map(({ path, from, to }) => `${path}: ${from ?? l10n.t('nothing')} → ${to ?? l10n.t('nothing')}`)

/** Every kind of entry that is written. */
const words = {
  'connection.created': ({ l10n }, name, { settings }) => [l10n.t('Connection “{0}” was made.', name), ...fieldsText(settings)],
  'connection.updated': (wording, name, detail) => [
    wording.l10n.t('The settings of “{0}” were changed.', name),
    ...changes(wording, detail),
  ],
  'connection.renamed': ({ l10n }, _name, { from, to }) => [l10n.t('Connection “{0}” was renamed to “{1}”.', text(from), text(to))],
  'connection.deleted': ({ l10n }, name) => [l10n.t('Connection “{0}” was deleted.', name)],
  'connection.verification': ({ l10n, said }, name, { from, to, why }) => [
    l10n.t('“{0}” was found to be {1}; it was {2}.', name, verification(l10n, to), verification(l10n, from)),
    ...(typeof why === 'string' ? [said('reasons', why)] : []),
  ],
  'connection.secretReference': (wording, name, detail) => [
    wording.l10n.t('Where the secret of “{0}” is had was changed.', name),
    ...changes(wording, detail),
  ],
  'connection.certificateRenewed': ({ l10n, date }, name, { validTo }) => [
    l10n.t('The application of “{0}” renewed its certificate, until {1}.', name, date(text(validTo))),
  ],
  'connection.reconfigured': (wording, name, detail) => [wording.l10n.t('“{0}” was reconfigured.', name), ...reconfigured(wording, detail)],
  'domain.declared': ({ l10n }, name, { domain }) => [l10n.t('A person declared that {0} moves; “{1}” depends on it.', text(domain), name)],
  'domain.declarationUndone': ({ l10n }, name, { domain }) => [
    l10n.t('A person took back that {0} moves; “{1}” depends on it.', text(domain), name),
  ],
  'job.created': ({ l10n }, name, { source, target, settings }) => [
    l10n.t('Job “{0}” was made, from “{1}” to “{2}”.', name, text(source), text(target)),
    ...fieldsText(settings),
  ],
  'job.updated': (wording, name, detail) => [
    wording.l10n.t('The settings of the job “{0}” were changed.', name),
    ...changes(wording, detail),
  ],
  'job.renamed': ({ l10n }, _name, { from, to }) => [l10n.t('Job “{0}” was renamed to “{1}”.', text(from), text(to))],
  'job.started': ({ l10n }, name) => [l10n.t('Job “{0}” was started.', name)],
  'job.stopped': ({ l10n }, name) => [l10n.t('Job “{0}” was stopped.', name)],
  'job.deleted': ({ l10n }, name) => [l10n.t('Job “{0}” was deleted.', name)],
  'job.verified': ({ l10n }, name, { checked, equal, different }) => [
    l10n.t('Job “{0}” was verified: of {1} messages {2} are equal and {3} differ.', name, text(checked), text(equal), text(different)),
  ],
  'job.addressesRefreshed': ({ l10n }, name, { refreshed, unchanged, unsure }) => [
    l10n.t(
      'The addresses of the job “{0}” were refreshed: {1} changed, {2} unchanged, {3} not found for certain.',
      name,
      text(refreshed),
      text(unchanged),
      text(unsure),
    ),
  ],
  'pairs.added': ({ l10n }, name, { pairs }) => [l10n.t('{0} mailboxes were added to “{1}”.', text(pairs), name)],
  'pair.updated': (wording, name, { from, to }) => [
    wording.l10n.t('The mailbox {0} was paired anew.', name),
    `${mailboxes(from)} ⇒ ${mailboxes(to)}`,
  ],
  'pair.removed': ({ l10n }, name, { source, target }) => [
    l10n.t('The mailbox {0} → {1} was taken out of “{2}”.', text(source), text(target), name),
  ],
  'pair.reset': ({ l10n }, name, { mode }) => [l10n.t('The migration state of {0} was reset: {1}.', name, resetMode(l10n, mode))],
  'pair.addressRefreshed': (wording, name, detail) => [
    wording.l10n.t('The address of {0} was refreshed.', name),
    ...changes(wording, detail),
  ],
  'pair.mailboxLearned': (wording, name, detail) => [
    wording.l10n.t('More became known of the mailbox {0}.', name),
    ...changes(wording, detail),
  ],
  'pair.replacementAccepted': (wording, name, detail) => [
    wording.l10n.t('A person accepted that the mailbox {0} was made anew.', name),
    ...changes(wording, detail),
  ],
  'cutover.ticked': ({ l10n }, _name, { domain, step, note }) => [
    l10n.t('Cutover of {0}: the step {1} was ticked.', text(domain), text(step)),
    ...(typeof note === 'string' ? [note] : []),
  ],
  'cutover.tickTakenBack': ({ l10n }, _name, { domain, step }) => [
    l10n.t('Cutover of {0}: the tick of the step {1} was taken back.', text(domain), text(step)),
  ],
} satisfies Readonly<Record<JournalKind, Words>>

function reconfigured(wording: Wording, detail: Detail): string[] {
  const { l10n } = wording
  const { organisation, evidence, newSecret, jobs } = detail
  const [recorded, found] = [part(organisation, 'recorded'), part(organisation, 'found')].map(text)
  return [
    ...changes(wording, detail),
    evidence === 'unproven'
      ? l10n.t('Evidence: none; a person typed the connection’s name and took the responsibility.')
      : l10n.t('Evidence: the server leads to the same organisation, {0}.', found ?? ''),
    ...(recorded === found || recorded === '' ? [] : [l10n.t('Organisation: {0} → {1}', recorded ?? '', found ?? '')]),
    ...(newSecret === true ? [l10n.t('With a new secret.')] : []),
    ...(Array.isArray(jobs) && jobs.length > 0 ? [l10n.t('Jobs that use it: {0}', jobs.map(text).join(', '))] : []),
  ]
}

const mailboxes = (pair: unknown): string => (Array.isArray(pair) ? pair.map(one => text(part(one, 'address'))).join(' → ') : '')

function verification(l10n: L10n, state: unknown): string {
  switch (state) {
    case 'verified':
      return l10n.t('verified')
    case 'unverified':
      return l10n.t('not verified')
    case 'stale':
      return l10n.t('stale')
    case 'credentialsNeeded':
      return l10n.t('refused at sign-in')
    case 'unreachable':
      return l10n.t('unreachable')
    default:
      return text(state)
  }
}

function resetMode(l10n: L10n, mode: unknown): string {
  switch (mode) {
    case 'adopt':
      return l10n.t('Forget, and adopt what is there')
    case 'remove':
      return l10n.t('Forget, and remove what was written')
    default:
      return l10n.t('Forget only')
  }
}
