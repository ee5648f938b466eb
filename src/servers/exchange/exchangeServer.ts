import { MailferryError } from '../../domain/errors.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { recordedIn } from '../../domain/refusedSignIns.ts'
import type { MailServer } from '../mailServer.ts'
import { createSignInGuard } from '../signInGuard.ts'
import { type AccessDeps, accessTo } from './access.ts'
import { mailboxOf } from './directory/directory.ts'
import { resolveMailbox } from './directory/resolveMailbox.ts'
import { resolveNames } from './directory/resolveNames.ts'
import { whereItLives } from './directory/whereItLives.ts'
import { observe } from './observe.ts'
import { createRequestGate, usualConcurrency } from './session/requestGate.ts'
import { openExchangeSession } from './session/session.ts'
import type { SignIn } from './signIn/signIn.ts'
import { errorOfRefusal } from './verify/errorOfRefusal.ts'
import { verifyConnection } from './verify/verifyConnection.ts'

/** An Exchange server as the port has it, by EWS. Its sessions open and close their own connections. */
export function exchangeServer(deps: AccessDeps): MailServer {
  const access = accessTo(deps)
  const { connection } = access
  const { admin } = connection.settings
  const guard = createSignInGuard(connection.name)

  /** Where EWS is; discovered once where neither a person nor a verification said it. */
  let discovered: string | undefined
  const ewsUrl = async (address: string, signIn: SignIn, signal: AbortSignal): Promise<string> => {
    const known = access.knownUrl ?? discovered
    if (known !== undefined) return known
    const { settings, host } = await access.discover(address, signIn, signal)
    if (settings.ewsUrl === undefined)
      throw new MailferryError('autodiscover.failed', { domain: host, tried: [`${host}: names no EWS address`] })
    discovered = settings.ewsUrl
    return discovered
  }

  const recorded = recordedIn(connection.verification)
  const serverVersion = recorded?.serverVersion
  /** By full access all mailboxes are opened within the account's own budget; an impersonated one has a budget of its own. */
  const gate = admin.access === 'delegate' ? createRequestGate(usualConcurrency(serverVersion)) : undefined

  /** Runs a few questions over one connection each to EWS and its Autodiscover. */
  const ask = async <Result>(
    address: string,
    signal: AbortSignal,
    run: (questions: {
      named(text: string): Promise<readonly Mailbox[]>
      identity(address: string): Promise<Mailbox | undefined>
    }) => Promise<Result>,
  ): Promise<Result> => {
    const signIn = await access.signIn(guard)
    const url = await ewsUrl(address, signIn, signal)
    await using transport = access.transport(url, signIn)
    await using directory = access.directory(url, signIn)
    try {
      return await run({
        named: text => resolveNames(transport, text, { signal }),
        identity: async asked => {
          const settings = await directory.settings(asked, signal)
          return settings && mailboxOf(asked, settings)
        },
      })
    } catch (error) {
      throw errorOfRefusal(error, {
        host: new URL(url).hostname,
        connection: connection.name,
        admin: admin.user,
        mailbox: address,
        operation: 'ResolveNames',
      })
    }
  }

  return {
    // A person asks for this, so what was refused before is tried once more.
    verify: (signal, mailbox) => verifyConnection(access, createSignInGuard(connection.name), signal, mailbox),
    /** EWS lists no mailboxes: what it finds by name is never complete. The administrator's Get-Mailbox list says which there are. */
    async *mailboxes() {},
    search: (text, signal) => ask(admin.user, signal, ({ named }) => named(text)),
    resolve: (mailbox, signal) => ask(mailbox.address, signal, questions => resolveMailbox(mailbox, questions)),
    observe: (recorded, signal) => observe(access, recorded, signal),
    async open(mailbox, options) {
      const signIn = await access.signIn(guard)
      const url = await ewsUrl(mailbox.address, signIn, options.signal)
      const stack = new AsyncDisposableStack()
      const directory = stack.use(access.directory(url, signIn))
      const looking = { directory, mailbox: mailbox.address, connection: connection.name, url, recorded, signal: options.signal }
      try {
        const transport = stack.use(access.transport(url, signIn, { connections: options.requests ?? options.connections }))
        const session = await openExchangeSession(
          {
            transport,
            mailbox,
            connection: connection.name,
            admin: admin.user,
            access: admin.access,
            ...(serverVersion !== undefined && { serverVersion }),
            ...(gate && { gate }),
            identity: async address => {
              const settings = await directory.settings(address, options.signal)
              return settings && mailboxOf(address, settings)
            },
          },
          options,
        )
        stack.use(session)
        return { ...session, explain: error => whereItLives(error, looking), [Symbol.asyncDispose]: () => stack.disposeAsync() }
      } catch (thrown) {
        const error = thrown instanceof MailferryError ? await whereItLives(thrown, looking) : thrown
        await stack.disposeAsync()
        throw error
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}
