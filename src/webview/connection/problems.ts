import { checkName, refuseTaken } from '../../domain/names.ts'
import type { StoredError } from '../../domain/pair.ts'
import type { PlanConnection } from '../../rpc/plan.ts'
import { planConnectionSchema } from '../../rpc/planConnection.ts'
import { type Problem, problemsOf } from '../../rpc/problems.ts'
import type { Words } from '../../views/wording.ts'
import { sentence } from '../sentence.ts'
import type { ConnectionDraft, ConnectionField } from './draft.ts'
import { planOf } from './planOf.ts'

export type ConnectionProblems = Readonly<Partial<Record<ConnectionField, string>>>

export interface Judged {
  /** Absent while anything is wrong. */
  readonly plan?: PlanConnection
  readonly problems: ConnectionProblems
}

/** What the plan's schema and the rules of names say of a draft, beside the field each is about. `others`: names that are taken. */
export function judge({ l10n, describe, said }: Words, draft: ConnectionDraft, others: readonly string[]): Judged {
  const name = checkName('connection', draft.name)
  const nameProblem = typeof name === 'string' ? refuseTaken('connection', name, others) : name
  const checked = planConnectionSchema.safeParse(planOf(draft))
  const problems: Partial<Record<ConnectionField, string>> = {}
  if (!checked.success) {
    for (const problem of problemsOf(checked.error)) {
      const field = fieldOf(draft, problem)
      if (field !== undefined)
        problems[field] ??= String(draft[field]).trim() === '' ? l10n.t('This is needed.') : sentence(said('fields', problem.message))
    }
  }
  if (nameProblem !== undefined) problems.name = draft.name.trim() === '' ? l10n.t('This is needed.') : describe(nameProblem).message
  return checked.success && Object.keys(problems).length === 0 ? { plan: checked.data, problems } : { problems }
}

const fields: Readonly<Record<ConnectionDraft['kind'], readonly (readonly [path: string, field: ConnectionField])[]>> = {
  imap: [
    ['server.host', 'imapHost'],
    ['server.port', 'port'],
    ['server.tls', 'tls'],
    ['server.fingerprint', 'fingerprint'],
    ['server.caFile', 'imapCaFile'],
    ['signIn.user', 'imapUser'],
    ['signIn.separator', 'separator'],
  ],
  exchange: [
    ['server.autodiscover.domain', 'domain'],
    ['server.autodiscover.at', 'at'],
    ['server.host', 'exchangeHost'],
    ['server.url', 'url'],
    ['trust.fingerprints', 'fingerprints'],
    ['trust.caFile', 'exchangeCaFile'],
    ['admin.user', 'admin'],
  ],
  office365: [
    ['at.login', 'login'],
    ['at.graph', 'graph'],
    ['at.outlook', 'outlook'],
    ['trust.caFile', 'office365CaFile'],
    ['signIn.tenant', 'tenant'],
  ],
}

/** By the plan both an application's id and a public client's are `clientId`, and the draft keeps them apart. */
const office365Fields = ({ signInAs }: ConnectionDraft): readonly (readonly [path: string, field: ConnectionField])[] =>
  signInAs === 'admin'
    ? [
        ['signIn.user', 'cloudAdmin'],
        ['signIn.clientId', 'publicClient'],
      ]
    : [['signIn.clientId', 'clientId']]

function fieldOf(draft: ConnectionDraft, { path }: Problem): ConnectionField | undefined {
  if (path === 'name') return 'name'
  const known = draft.kind === 'office365' ? [...fields.office365, ...office365Fields(draft)] : fields[draft.kind]
  return known.find(([of]) => path === of || path.startsWith(`${of}[`))?.[1]
}

/** The field that an error of a server is about, where it is about one. */
export function fieldOfError(draft: ConnectionDraft, { code }: Pick<StoredError, 'code'>): ConnectionField | 'secret' | undefined {
  const { kind } = draft
  const host = hostField(draft)
  switch (code) {
    case 'host.notFound':
    case 'host.notExchange':
    case 'imap.hostChanged':
      return host
    case 'autodiscover.failed':
      return kind === 'exchange' ? 'domain' : undefined
    case 'host.notImap':
    case 'host.refused':
    case 'host.timeout':
      return kind === 'imap' ? 'port' : host
    case 'tls.plaintextRefused':
      return 'allowPlaintext'
    case 'tls.starttlsMissing':
    case 'tls.handshake':
      return kind === 'imap' ? 'tls' : undefined
    case 'tls.caFile':
      return ({ exchange: 'exchangeCaFile', office365: 'office365CaFile', imap: 'imapCaFile' } as const)[kind]
    case 'signIn.methodMissing':
      return kind === 'imap' ? 'signIn' : kind === 'exchange' ? 'method' : undefined
    case 'tenant.notFound':
      return draft.signInAs === 'admin' ? 'cloudAdmin' : 'tenant'
    case 'application.unknown':
      return draft.signInAs === 'admin' ? 'publicClient' : 'clientId'
    case 'signIn.refused':
    case 'signIn.expired':
    case 'signIn.stopped':
    case 'secret.missing':
    case 'secret.source':
      return 'secret'
    case 'name.taken':
    case 'name.empty':
    case 'name.forbidden':
    case 'name.tooLong':
      return 'name'
    case 'organisation.unproven':
      return 'responsible'
    default:
      return undefined
  }
}

/** The field that leads to the server; Microsoft's own servers need none. */
function hostField({ kind, findBy, login }: ConnectionDraft): ConnectionField | undefined {
  switch (kind) {
    case 'imap':
      return 'imapHost'
    case 'office365':
      return login.trim() === '' ? undefined : 'login'
    case 'exchange':
      return findBy === 'host' ? 'exchangeHost' : findBy === 'url' ? 'url' : 'domain'
  }
}
