import { lookup } from 'node:dns/promises'
import type { ImapFlow } from 'imapflow'
import type { Connection, ImapSettings, Recorded } from '../../domain/connection.ts'
import { isError, MailferryError } from '../../domain/errors.ts'
import type { Check, CheckName } from '../mailServer.ts'
import type { SecretSource } from '../secretSource.ts'
import { classifyCommandError } from './connectErrors.ts'
import { listFolders } from './folders.ts'
import { describeExtensions } from './verifyExtensions.ts'

export interface Verifying {
  readonly connection: Connection<ImapSettings>
  readonly secrets: SecretSource
  /** Whose mailbox to try; an admin's sign-in can't be tried without one. */
  readonly mailbox: string | undefined
  /** Signs in once; tells of the TLS session before anything is sent over it. */
  readonly signIn: (onTrusted: (described: string) => void) => Promise<ImapFlow>
}

type Learned = Omit<Recorded, 'at'>

/** Checks a connection from the bottom up with a single sign-in, and stops where going on would make no sense. */
export async function* verifyConnection(verifying: Verifying): AsyncGenerator<Check, Learned | undefined> {
  const { connection, mailbox, signIn } = verifying
  const { server, signIn: how } = connection.settings
  const addresses = await resolve(server.host)
  if (addresses instanceof MailferryError) return yield* fail('address', server.host, addresses)

  let tls: string | undefined
  const onTrusted = (described: string) => {
    tls = described
  }
  const client = await signIn(onTrusted).catch(ourError)
  const failure = client instanceof MailferryError ? client : undefined
  if (failure && blames(failure) === 'address') return yield* fail('address', addresses.join(', '), failure)
  yield { name: 'address', state: 'passed', detail: addresses.join(', ') }

  if (failure && blames(failure) === 'tls') return yield* fail('tls', tlsWords[server.tls], failure)
  yield tls === undefined ? { name: 'tls', state: 'skipped', detail: tlsWords[server.tls] } : { name: 'tls', state: 'passed', detail: tls }
  if (how.method === 'admin' && mailbox === undefined) {
    yield { name: 'signIn', state: 'skipped', detail: 'an admin is tried on somebody’s mailbox, and none was named' }
    return undefined
  }
  if (client instanceof MailferryError) return yield* failSignIn(connection.settings, client)
  try {
    return yield* checkSignedIn(verifying, client)
  } finally {
    await client.logout().catch(() => client.close())
  }
}

const tlsWords = { implicit: 'TLS from the first byte', starttls: 'STARTTLS', none: 'not encrypted, as was agreed to' }

async function* checkSignedIn({ connection, mailbox, secrets }: Verifying, client: ImapFlow): AsyncGenerator<Check, Learned | undefined> {
  const { settings, role } = connection
  const { signIn: how, server } = settings
  const user = how.method === 'admin' ? how.user : (client.options.auth?.user ?? '')
  yield { name: 'signIn', state: 'passed', detail: `as ${user}` }
  if (how.method === 'admin' && mailbox !== undefined) yield { name: 'actAs', state: 'passed', detail: `${how.user} for ${mailbox}` }
  else yield { name: 'actAs', state: 'skipped', detail: 'each mailbox signs in for itself' }

  try {
    const folders = await listFolders(client)
    yield { name: 'folders', state: 'passed', detail: describeFolders(folders) }
  } catch (error) {
    return yield* fail('folders', `in the mailbox of ${mailbox ?? user}`, ourError(error))
  }
  const known = await secrets.mailboxes?.()
  yield known === undefined || how.method === 'admin'
    ? { name: 'listMailboxes', state: 'skipped', detail: 'IMAP can’t list mailboxes; the job names them' }
    : { name: 'listMailboxes', state: 'passed', detail: `${known.length} sign-ins are known` }
  yield { name: 'extensions', state: 'passed', detail: describeExtensions(upperCase(client.capabilities.keys()), role) }
  yield await checkQuota(client, mailbox ?? user)

  const { name = '', version = '' } = client.serverInfo ?? {}
  const serverVersion = [name, version].filter(Boolean).join(' ')
  return {
    organisation: `${server.host.toLowerCase()}:${server.port}${how.method === 'admin' ? ` ${how.user}` : ''}`,
    ...(how.method === 'admin' && { adminAddress: how.user }),
    ...(serverVersion !== '' && { serverVersion }),
  }
}

async function resolve(host: string): Promise<readonly string[] | MailferryError> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch {
    return new MailferryError('host.notFound', { host })
  }
}

/** The step that an error of the sign-in belongs to. */
function blames({ code }: MailferryError): CheckName {
  if (code.startsWith('host.')) return 'address'
  return code.startsWith('tls.') ? 'tls' : 'signIn'
}

async function* fail(name: CheckName, detail: string, error: MailferryError): AsyncGenerator<Check, undefined> {
  yield { name, state: 'failed', detail, error }
  return undefined
}

/** A master user is easily half configured, and the server's answer doesn't tell which half. */
const actAsHint = {
  authzid:
    'The server has to let the admin authorise as others by SASL PLAIN. Dovecot: a passdb with master = yes that knows the admin, and pass = yes or result_success = continue.',
  separator:
    'Dovecot: auth_master_user_separator has to be this separator, a passdb with master = yes has to know the admin, and the mailbox has to exist.',
}

async function* failSignIn({ signIn }: ImapSettings, error: MailferryError): AsyncGenerator<Check, undefined> {
  if (signIn.method !== 'admin') return yield* fail('signIn', 'refused', error)
  if (!isError(error, 'permission.actAs')) return yield* fail('signIn', actAsHint[signIn.actAs], error)
  yield { name: 'signIn', state: 'passed', detail: `as ${signIn.user}` }
  return yield* fail('actAs', actAsHint[signIn.actAs], error)
}

function describeFolders(folders: Awaited<ReturnType<typeof listFolders>>): string {
  const roles = folders.flatMap(({ role, path }) => (role && role !== 'inbox' ? [`${path.join('/')} is ${role}`] : []))
  return [`${folders.length} folder${folders.length === 1 ? '' : 's'}`, ...roles].join(', ')
}

async function checkQuota(client: ImapFlow, mailbox: string): Promise<Check> {
  if (!client.capabilities.has('QUOTA')) return { name: 'quota', state: 'skipped', detail: 'the server doesn’t tell' }
  try {
    const quota = await client.getQuota('INBOX')
    const { usage, limit } = (quota || undefined)?.storage ?? {}
    if (usage === undefined || limit === undefined) return { name: 'quota', state: 'passed', detail: 'no limit' }
    const detail = `${megabytes(usage)} of ${megabytes(limit)} MB used`
    if (usage < limit) return { name: 'quota', state: 'passed', detail }
    return { name: 'quota', state: 'failed', detail, error: new MailferryError('mailbox.full', { mailbox, response: detail }) }
  } catch (error) {
    return {
      name: 'quota',
      state: 'skipped',
      detail: classifyCommandError({ host: client.host, command: 'GETQUOTAROOT' }, error, client).code,
    }
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

const upperCase = (names: Iterable<string>): ReadonlySet<string> => new Set([...names].map(name => name.toUpperCase()))

const ourError = (error: unknown): MailferryError =>
  error instanceof MailferryError ? error : new MailferryError('internal', { detail: String(error) })
