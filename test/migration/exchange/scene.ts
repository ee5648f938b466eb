import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ContentFormat, ItemInfo } from '../../../src/domain/mail.ts'
import type { OpenServer } from '../../../src/engine/context.ts'
import type { Mailbox as Store } from '../../../src/sandbox/exchange/mailbox.ts'
import { giveArchive, giveMailbox, type Organisation } from '../../../src/sandbox/exchange/organisation.ts'
import { registerApplication } from '../../../src/sandbox/office365/entra/registry.ts'
import { provisionMailbox } from '../../../src/sandbox/office365/tenant.ts'
import { mailPermissions, type Office365Side, office365Side } from '../../../src/sandbox/sides/office365Side.ts'
import { type Sandbox, startSandbox, startWorld } from '../../../src/sandbox/world.ts'
import type { MailSession } from '../../../src/servers/mailServer.ts'
import { type Dovecot, startDovecot } from '../../support/dovecot.ts'
import { type MailboxView, viewOf } from '../../support/exchangeMailbox.ts'
import { connectionOf, exchangeEndpoint, office365Endpoint, openWithoutLag, viewOfImap } from '../../support/exchangeMigration.ts'
import { recordShapes } from '../../support/graphShapes.ts'
import { seedMailbox } from '../../support/mailbox.ts'
import { type Endpoint, type Migration, type MigrationOptions, migrationBetween } from '../../support/migration.ts'
import { tempDir } from '../../support/tempDir.ts'
import { fillExchange, imapFolders, mime, received } from './mails.ts'

/** `Office 365 by messages`: its application may not import and export items. */
export type Kind = 'Exchange' | 'Office 365' | 'Office 365 by messages' | 'IMAP'

/** Every kind of server as source and target; between tenants, in both ways. */
export const directions = [
  ['Exchange', 'Exchange'],
  ['Exchange', 'IMAP'],
  ['IMAP', 'Exchange'],
  ['IMAP', 'IMAP'],
  ['Exchange', 'Office 365'],
  ['Office 365', 'Exchange'],
  ['Office 365', 'Office 365'],
  ['Office 365 by messages', 'Office 365 by messages'],
  ['Office 365', 'IMAP'],
  ['IMAP', 'Office 365'],
] as const

export interface Servers extends AsyncDisposable {
  readonly sandbox: Sandbox
  /** Two tenants of Office 365, and the file with the authority of their certificates. */
  readonly cloud: Sandbox<Office365Side, Office365Side>
  readonly caFile: string
  readonly imap: Dovecot
  /** The number of somebody whose mailboxes no scene has yet. */
  nobody(): number
}

export async function startServers(options: Parameters<typeof startSandbox>[0] = {}): Promise<Servers> {
  const { watch, check, seen } = recordShapes()
  const [sandbox, cloud, imap] = await Promise.all([
    startSandbox({ people: 80, ...options }),
    startWorld({ people: 80 }, office365Side({ watch }), office365Side({ watch })),
    startDovecot({ anyUser: 'secret' }),
  ])
  const dir = tempDir()
  const caFile = join(dir.path, 'ca.pem')
  await writeFile(caFile, cloud.caCert)
  let taken = 0
  return {
    sandbox,
    cloud,
    caFile,
    imap,
    nobody: () => taken++,
    async [Symbol.asyncDispose]() {
      await Promise.all([sandbox, cloud, imap].map(one => one[Symbol.asyncDispose]()))
      dir[Symbol.dispose]()
      if (seen.length > 0) check()
    },
  }
}

/** One mailbox: what it holds, and its owner's client. */
export interface Side {
  readonly address: string
  readonly endpoint: Endpoint
  view(): Promise<MailboxView>
  /** As the owner sees and changes it. */
  open(): Promise<MailSession>
  /** Where it is one of the sandbox's. */
  readonly store: Store | undefined
  /** The mailbox's archive, where the scene has one. */
  readonly archive: Store | undefined
}

export interface Scene extends AsyncDisposable {
  readonly migration: Migration
  readonly source: Side
  readonly target: Side
}

/** What a session does otherwise. */
export type Interference = (session: MailSession) => Partial<MailSession>

/** A filled source mailbox, an empty target mailbox and a job between them; every scene has mailboxes of its own. */
export async function scene(
  { sandbox, cloud, caFile, imap, nobody }: Servers,
  [from, to]: readonly [Kind, Kind],
  options: Pick<MigrationOptions, 'job'> & {
    readonly interfere?: Interference
    readonly interferedRole?: 'source' | 'target'
    readonly archives?: readonly ('source' | 'target')[]
  } = {},
): Promise<Scene> {
  const n = nobody()
  const side = (kind: Kind, role: 'leaving' | 'receiving'): Side => {
    const { store, archive, endpoint, address } = mailboxOf(kind, role)
    return {
      address,
      endpoint,
      store,
      archive,
      view: () => (store ? viewOf(store) : viewOfImap(imap, address)),
      async open() {
        const secret = 'secret' in endpoint ? endpoint.secret : endpoint.passwordOf(address)
        const server = await openWithoutLag(connectionOf(endpoint), { secretFor: async () => ({ password: secret }) })
        const session = await server.open(
          { address },
          { signal: new AbortController().signal, connections: 2, archives: archive !== undefined },
        )
        return {
          ...session,
          traits: session.traits,
          async [Symbol.asyncDispose]() {
            await session[Symbol.asyncDispose]()
            await server[Symbol.asyncDispose]()
          },
        }
      },
    }
  }
  /** Every mailbox in the same language, so that folders are compared by their names. */
  function mailboxOf(kind: Kind, role: 'leaving' | 'receiving'): Pick<Side, 'store' | 'archive' | 'endpoint' | 'address'> {
    if (kind === 'IMAP') return { store: undefined, archive: undefined, endpoint: imap, address: `${role}${n}` }
    const person = (kind === 'Exchange' ? sandbox : cloud)[role].people[n]
    if (!person) throw new Error('more scenes than people')
    const [language, address] = [{ language: 'en' } as const, person.primarySmtpAddress]
    const withArchive = (organisation: Organisation): Store | undefined =>
      options.archives?.includes(role === 'leaving' ? 'source' : 'target') ? giveArchive(organisation, person) : undefined
    if (kind === 'Exchange') {
      const { organisation } = sandbox[role]
      const store = giveMailbox(organisation, person, language)
      return { address, store, archive: withArchive(organisation), endpoint: exchangeEndpoint(sandbox[role]) }
    }
    const { tenant } = cloud[role]
    const application =
      kind === 'Office 365' ? cloud[role].application : registerApplication(tenant.registry, 'Mail alone', mailPermissions)
    return {
      address,
      store: provisionMailbox(tenant, person, language),
      archive: withArchive(tenant.organisation),
      endpoint: office365Endpoint({ ...cloud[role], application }, caFile),
    }
  }
  const [source, target] = [side(from, 'leaving'), side(to, 'receiving')]
  if (source.store) fillExchange(source.store)
  else await seedMailbox(imap, source.address, imapFolders())
  const migration = await migrationBetween(source.endpoint, target.endpoint, {
    user: source.address,
    targetUser: target.address,
    openServer: options.interfere ? interfering(options.interfere, options.interferedRole) : openWithoutLag,
    ...(options.job && { job: options.job }),
  })
  return { migration, source, target, [Symbol.asyncDispose]: () => migration[Symbol.asyncDispose]() }
}

const interfering =
  (interfere: Interference, role: 'source' | 'target' = 'target'): OpenServer =>
  async (connection, secrets) => {
    const server = await openWithoutLag(connection, secrets)
    if (connection.role !== role) return server
    return {
      ...server,
      async open(mailbox, options) {
        const session = await server.open(mailbox, options)
        const otherwise = interfere(session)
        return new Proxy(session, { get: (of, name) => Reflect.get(name in otherwise ? otherwise : of, name) })
      },
    }
  }

const writing = { signal: new AbortController().signal, deadline: () => Number.POSITIVE_INFINITY }

/** What a mailbox's owner does, in whatever mail program. */
export function owner(session: MailSession) {
  const folder = async (name: string) => {
    const found = (await session.folders()).find(({ path }) => path.join('/') === name)
    if (!found) throw new Error(`no folder ${name}`)
    return found
  }
  /** The item that was received as the n-th. */
  const item = async (name: string, n: number): Promise<ItemInfo> => {
    for await (const items of session.find(await folder(name), undefined, writing.signal)) {
      const found = items.find(one => one.received === received(n))
      if (found) return found
    }
    throw new Error(`no message ${n} in ${name}`)
  }
  const outgoing = (n: number) => {
    const content = Buffer.from(mime(n).replaceAll('\n', '\r\n'))
    const format: ContentFormat = 'rfc822'
    const info = { key: n, size: content.length, received: received(n), flags: [] }
    return { info, format, content: { size: content.length, chunks: [content] } }
  }
  return {
    async receive(name: string, ...numbers: number[]) {
      await session.write(
        await folder(name),
        numbers.map(n => outgoing(n)),
        writing,
      )
    },
    async flag(name: string, n: number, flags: readonly string[]) {
      await session.setFlags(await folder(name), [{ key: (await item(name, n)).key, flags }], writing)
    },
    async move(name: string, n: number, to: string) {
      await session.move(await folder(name), [(await item(name, n)).key], await folder(to), writing)
    },
    /** For good: from the deleted-items folder too, where there is one. */
    async remove(name: string, n: number) {
      await session.remove(await folder(name), [(await item(name, n)).key], writing)
      const bin = (await session.folders()).find(one => one.role === 'deleted')
      if (!bin) return
      for await (const items of session.find(bin, undefined, writing.signal))
        await session.remove(
          bin,
          items.map(one => one.key),
          writing,
        )
    },
  }
}

/** Does something as the mailbox's owner. */
export async function asOwner(side: Side, act: (does: ReturnType<typeof owner>) => Promise<void>): Promise<void> {
  await using session = await side.open()
  await act(owner(session))
}
