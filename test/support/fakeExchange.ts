import type { Connection, ExchangeServer, ExchangeSettings, Recorded } from '../../src/domain/connection.ts'
import { MailferryError } from '../../src/domain/errors.ts'
import type { Mailbox } from '../../src/domain/pair.ts'
import type { OpenServer } from '../../src/engine/context.ts'
import type { MailServer, MailSession } from '../../src/servers/mailServer.ts'
import type { SecretSource } from '../../src/servers/secretSource.ts'

/** One Exchange organisation as the engine sees it through the port: who is in it, and who asked. */
export interface Organisation {
  readonly deployment: string
  host: string
  admin: { user: string; address: string; password: string }
  acceptedDomains: string[] | undefined
  /** By GUID. */
  readonly mailboxes: Map<string, { address: string; dn: string }>
  /** Legacy DNs that several mailboxes answer to. */
  readonly ambiguous: Map<string, string[]>
  up: boolean
  /** Told of every mailbox that is opened, before it is. */
  onOpen?: (address: string) => void
  /** Every sign-in that was tried, refused or not. */
  readonly signIns: { readonly user: string; readonly accepted: boolean }[]
}

export const organisation = (name: string, people: readonly string[], deployment = `forest-${name}`): Organisation => ({
  deployment,
  host: `mail.${name}.example`,
  admin: { user: `admin@${name}.example`, address: `admin@${name}.example`, password: `canary-${name}` },
  acceptedDomains: [`${name}.example`],
  mailboxes: new Map(people.map((person, n) => [guidOf(name, n), { address: `${person}@${name}.example`, dn: `/o=${name}/cn=${person}` }])),
  ambiguous: new Map(),
  up: true,
  signIns: [],
})

export const guidOf = (organisation: string, n: number): string =>
  `${organisation.length.toString(16).padStart(8, '0')}-0000-0000-0000-${String(n).padStart(12, '0')}`

/** What DNS and Autodiscover say: which organisation is at a host, and to which host a domain's discovery leads. */
export interface Network {
  readonly organisations: readonly Organisation[]
  readonly discovery: Map<string, string>
}

/** Opens servers on that network: their code is the test's, the engine in front of them is the real one. */
export const openOn =
  (network: Network): OpenServer =>
  async (connection, secrets) => {
    const { settings, ...rest } = connection
    if (settings.kind !== 'exchange') throw new Error('only Exchange here')
    return fakeServer(network, { ...rest, settings }, secrets)
  }

function fakeServer(
  { organisations, discovery }: Network,
  { name, settings }: Connection<ExchangeSettings>,
  secrets: SecretSource,
): MailServer {
  const hostOf = (server: ExchangeServer): string =>
    server.by === 'autodiscover' ? (discovery.get(server.domain) ?? '') : server.by === 'host' ? server.host : new URL(server.url).hostname
  const at = (host: string): Organisation => {
    const found = organisations.find(one => one.host === host && one.up)
    if (found === undefined) throw new MailferryError('host.notFound', { host })
    return found
  }
  const signIn = async (host = hostOf(settings.server)): Promise<Organisation> => {
    const secret = await secrets.secretFor()
    const there = at(host)
    const { user } = settings.admin
    const accepted = there.admin.user === user && 'password' in secret && secret.password === there.admin.password
    there.signIns.push({ user, accepted })
    if (!accepted) throw new MailferryError('signIn.refused', { host, user, response: '401' })
    return there
  }
  const learn = ({ deployment, acceptedDomains, admin, host }: Organisation): Omit<Recorded, 'at'> => ({
    organisation: deployment,
    adminAddress: admin.address,
    address: `https://${host}/EWS/Exchange.asmx`,
    ...(acceptedDomains === undefined ? {} : { acceptedDomains }),
    ...(discovered() === undefined ? {} : { discovered: discovered() ?? '' }),
  })
  const discovered = (): string | undefined => discovery.get(settings.admin.user.split('@')[1] ?? '')
  const find = ({ mailboxes, ambiguous }: Organisation, mailbox: Mailbox) => {
    const many = ambiguous.get(mailbox.legacyExchangeDN ?? '')
    if (many !== undefined) return { found: 'many', addresses: many } as const
    for (const [id, { address, dn }] of mailboxes) {
      const same = mailbox.id === undefined ? address === mailbox.address : id === mailbox.id
      if (same) return { found: 'one', mailbox: { address, id, legacyExchangeDN: dn } } as const
    }
    return { found: 'none' } as const
  }

  return {
    async *verify() {
      try {
        const there = await signIn()
        yield { name: 'signIn', state: 'passed', detail: there.admin.address }
        return learn(there)
      } catch (error) {
        if (!(error instanceof MailferryError)) throw error
        yield { name: 'signIn', state: 'failed', detail: '', error }
        return undefined
      }
    },
    async *mailboxes() {},
    search: async text => {
      const there = await signIn()
      return [...there.mailboxes].filter(([, { address }]) => address.startsWith(text)).map(([id, { address }]) => ({ id, address }))
    },
    resolve: async mailbox => find(await signIn(), mailbox),
    async observe(recorded) {
      const now = discovered()
      const found = recorded?.discovered === undefined || now === undefined ? {} : { discovery: { recorded: recorded.discovered, now } }
      try {
        const there = await signIn(recorded?.address === undefined ? undefined : new URL(recorded.address).hostname)
        return { signIn: 'accepted', found: learn(there), ...found }
      } catch (error) {
        if (!(error instanceof MailferryError)) throw error
        if (error.code === 'signIn.refused') return { signIn: 'refused', ...found }
        return { cause: error.code, ...found }
      }
    },
    async open(mailbox) {
      organisations.find(one => one.host === hostOf(settings.server))?.onOpen?.(mailbox.address)
      const there = await signIn()
      const entry = [...there.mailboxes].find(([, { address }]) => address === mailbox.address)
      if (entry === undefined) throw new MailferryError('mailbox.notFound', { mailbox: mailbox.address, connection: name })
      return emptySession({ address: entry[1].address, id: entry[0], legacyExchangeDN: entry[1].dn })
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** A mailbox without folders: a run of it is over at once. */
const emptySession = (identity: Mailbox): MailSession => ({
  traits: { formats: ['rfc822'], exactSizes: true, keepsBytes: true, marks: [], stableAcrossMoves: true, writesAnswerKeys: true },
  identity: async () => identity,
  incarnation: async () => identity.id ?? '',
  folders: async () => [],
  async *scan() {
    yield* []
    return ''
  },
  async *read() {},
  digests: async () => new Map(),
  fingerprints: async () => new Map(),
  ensureFolders: async () => [],
  write: async () => [],
  async *find() {},
  infos: async () => new Map(),
  setFlags: async () => new Map(),
  move: async () => new Map(),
  remove: async () => new Set(),
  async [Symbol.asyncDispose]() {},
})
