import { domainOf, liesIn } from '../../domain/addresses.ts'
import type { Connection } from '../../domain/connection.ts'
import { isError } from '../../domain/errors.ts'
import { mailboxNames } from '../../domain/mailboxKey.ts'
import type { Mailbox } from '../../domain/pair.ts'
import type { EngineEvent } from '../../rpc/events.ts'
import type { EngineContext } from '../context.ts'
import { guardedServer } from '../guardedServer.ts'
import { lazySource, secretLoader } from '../secretLoader.ts'

export const isIn = (domain: string, { address }: Mailbox): boolean => liesIn(domainOf(address) ?? '', domain)

/** Addresses in the domain that a source server lists and no job has. Only of a verified connection; nothing where it can't list all, or can't be asked now. */
export async function listOthers(
  context: Pick<EngineContext, 'ledger' | 'secrets' | 'openServer'>,
  connection: Connection,
  domain: string,
  known: readonly Mailbox[],
  call: { readonly signal: AbortSignal; readonly emit: (event: EngineEvent) => void },
): Promise<readonly string[] | undefined> {
  if (connection.verification.state !== 'verified') return undefined
  const { ledger } = context
  const inJobs = new Set(known.flatMap(mailboxNames))
  try {
    const load = secretLoader(context, connection, call.emit)
    const opened = await context.openServer(connection, lazySource(load))
    await using server = guardedServer({ server: opened, ledger, connection, load })
    // A server that can't list its mailboxes gives not even an empty page.
    let others: string[] | undefined
    for await (const page of server.mailboxes(call.signal)) {
      others ??= []
      for (const mailbox of page) {
        if (isIn(domain, mailbox) && !mailboxNames(mailbox).some(name => inJobs.has(name))) others.push(mailbox.address)
      }
    }
    return others?.sort()
  } catch (error) {
    call.signal.throwIfAborted()
    if (!isError(error)) throw error
    return undefined
  }
}
