import { giveArchive, giveMailbox } from '../../src/sandbox/exchange/organisation.ts'
import type { SandboxSide } from '../../src/sandbox/world.ts'
import { exchangeEndpoint } from '../support/exchangeMigration.ts'
import type { Direction } from './direction.ts'
import { holdAnswers } from './heldAnswers.ts'
import type { Side } from './side.ts'
import { withStores } from './stores.ts'

/** An organisation of the sandbox, with two mailboxes whose folders are called as in English. */
export function exchangeSide(side: SandboxSide, { archives }: Pick<Direction, 'archives'>): Side {
  const people = side.people.slice(0, 2)
  return {
    ...withStores(
      people.map(person => ({
        mailbox: giveMailbox(side.organisation, person, { language: 'en' }),
        ...(archives && { archive: giveArchive(side.organisation, person) }),
      })),
    ),
    addresses: people.map(person => person.primarySmtpAddress),
    async connect(openLine) {
      const { connection, secret } = exchangeEndpoint(side)
      const url = new URL(connection.server.url)
      url.port = String((await openLine(side)).port)
      return { settings: { ...connection, server: { url: url.href } }, secret }
    },
    holdAnswers: after => holdAnswers(side.site.troubles, after),
    lastAsked: () => side.site.requests.at(-1)?.operation,
    async [Symbol.asyncDispose]() {},
  }
}
