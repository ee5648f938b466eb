import { giveArchive } from '../../src/sandbox/exchange/organisation.ts'
import { provisionMailbox } from '../../src/sandbox/office365/tenant.ts'
import type { Office365Side } from '../../src/sandbox/sides/office365Side.ts'
import { office365Endpoint } from '../support/exchangeMigration.ts'
import type { Direction } from './direction.ts'
import { holdAnswers } from './heldAnswers.ts'
import type { OpenLine, Side } from './side.ts'
import { withStores } from './stores.ts'

/** Milliseconds until lists show what was written: as long as makes a difference, and no longer. */
const lag = 100

/** A tenant of the sandbox, with two mailboxes whose folders are called as in English. `caFile`: the authority of its certificates. */
export function office365Side(side: Office365Side, caFile: string, { archives }: Pick<Direction, 'archives'>): Side {
  const { tenant, site } = side
  const people = side.people.slice(0, 2)
  tenant.switches.lagMilliseconds = lag
  return {
    ...withStores(
      people.map(person => ({
        mailbox: provisionMailbox(tenant, person, { language: 'en' }),
        ...(archives && { archive: giveArchive(tenant.organisation, person) }),
      })),
    ),
    addresses: people.map(person => person.primarySmtpAddress),
    async connect(openLine) {
      const { connection, secret } = office365Endpoint(side, caFile)
      // Addresses in its answers lead over the lines too: pages, upload sessions, import sessions.
      site.graphBase = await behind(openLine, side.graphUrl)
      site.graphAliases.add(site.graphBase)
      site.outlookBase = await behind(openLine, side.outlookUrl)
      return { settings: { ...connection, at: { ...connection.at, graph: site.graphBase } }, secret }
    },
    holdAnswers: after => holdAnswers(site.troubles, after),
    lastAsked: () => site.requests.at(-1)?.operation,
    async [Symbol.asyncDispose]() {},
  }
}

async function behind(openLine: OpenLine, address: string): Promise<string> {
  const url = new URL(address)
  url.port = String((await openLine({ host: url.hostname, port: Number(url.port) })).port)
  return url.origin
}
