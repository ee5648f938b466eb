import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isError } from '../../src/domain/errors.ts'
import { createLocalClient, type LocalClient } from '../../src/engine/localClient.ts'
import type { EngineEvent } from '../../src/rpc/events.ts'
import type { Method, Params, Result } from '../../src/rpc/protocol.ts'
import { type Network, type Organisation, openOn, organisation } from './fakeExchange.ts'
import { tempDir } from './tempDir.ts'

/** Two organisations, one ledger, and a job that moves everybody from *old* to *new*. */
export interface DomainMove extends AsyncDisposable {
  readonly old: Organisation
  readonly new: Organisation
  readonly network: Network
  readonly events: EngineEvent[]
  readonly dir: string
  /** As the next process would. */
  call<Of extends Method>(method: Of, params: Params<Of>): Promise<Result<Of>>
  /** The code of the error, or `done`. */
  outcome<Of extends Method>(method: Of, params: Params<Of>): Promise<string>
  state(connection: 'old' | 'new'): Promise<string>
  /** Writes the plan with a change of the job, and answers its path. */
  planFile(job?: object): string
  /** The password file of a connection. */
  givePassword(connection: 'old' | 'new', password: string): string
  /** Moves the domain old.example: its people get interim addresses, the new organisation takes the domain over, and Autodiscover leads there. */
  moveDomain(): void
  /** Everything that was written to the ledger. */
  ledgerText(): string
}

export async function domainMove(people: readonly string[] = ['anna', 'bert', 'carl']): Promise<DomainMove> {
  const dir = tempDir()
  const source = organisation('old', people)
  const target = organisation('new', people)
  const network: Network = {
    organisations: [source, target],
    discovery: new Map([
      ['old.example', source.host],
      ['new.example', target.host],
    ]),
  }
  const events: EngineEvent[] = []
  const ledger = join(dir.path, 'ledger.db')
  const clients: LocalClient[] = []

  const givePassword = (name: string, password: string): string => {
    const file = join(dir.path, `${name}.secret`)
    writeFileSync(file, `${password}\n`, { mode: 0o600 })
    return file
  }
  const connection = (name: 'old' | 'new', role: 'source' | 'target', { admin, host }: Organisation) => ({
    name,
    role,
    kind: 'exchange',
    server: { host },
    admin: { user: admin.user },
    secret: { file: givePassword(name, admin.password) },
  })
  const plan = {
    connections: [connection('old', 'source', source), connection('new', 'target', target)],
    jobs: [
      {
        name: 'move',
        source: 'old',
        target: 'new',
        pairs: people.map(person => ({ source: `${person}@old.example`, target: `${person}@new.example` })),
      },
    ],
  }
  const scene: DomainMove = {
    old: source,
    new: target,
    network,
    events,
    dir: dir.path,
    async call(method, params) {
      const client = createLocalClient({ ledger, version: 'test', openServer: openOn(network) })
      clients.push(client)
      try {
        return await client.call(method, params, { emit: event => events.push(event) })
      } finally {
        await client[Symbol.asyncDispose]()
      }
    },
    outcome: (method, params) =>
      scene.call(method, params).then(
        () => 'done',
        error => {
          if (!isError(error)) throw error
          return error.code
        },
      ),
    state: async name => (await scene.call('connection.show', { name })).verification.state,
    planFile(job = {}) {
      const file = join(dir.path, 'plan.json')
      writeFileSync(file, JSON.stringify({ ...plan, jobs: plan.jobs.map(one => ({ ...one, ...job })) }))
      return file
    },
    givePassword,
    moveDomain() {
      for (const [id, mailbox] of source.mailboxes)
        source.mailboxes.set(id, { ...mailbox, address: mailbox.address.replace('@old.example', '@interim.example') })
      for (const [id, mailbox] of target.mailboxes)
        target.mailboxes.set(id, { ...mailbox, address: mailbox.address.replace('@new.example', '@old.example') })
      source.admin = { ...source.admin, user: 'admin@interim.example', address: 'admin@interim.example' }
      source.acceptedDomains = ['interim.example']
      network.discovery.set('old.example', target.host)
    },
    ledgerText: () => readFileSync(ledger, 'latin1'),
    async [Symbol.asyncDispose]() {
      dir[Symbol.dispose]()
    },
  }
  await scene.call('plan.apply', { file: scene.planFile() })
  return scene
}

/** The same after both connections were verified and the job has run once. */
export async function migratedMove(people?: readonly string[]): Promise<DomainMove> {
  const scene = await domainMove(people)
  for (const name of ['old', 'new']) await scene.call('connection.test', { name })
  await scene.call('job.start', { name: 'move', delta: false })
  return scene
}
