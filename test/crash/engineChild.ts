// An engine of its own process that runs a job to its end, or resets it and removes what it wrote, to be killed or suspended: node engineChild.ts LEDGER JOB LEASE_MS start|remove
import type { Connection } from '../../src/domain/connection.ts'
import type { OpenServer } from '../../src/engine/context.ts'
import { createLocalClient } from '../../src/engine/localClient.ts'
import { openServer as openAsUsual } from '../../src/engine/openServer.ts'
import { adminUser } from '../../src/engine/signInUser.ts'
import type { MailServer } from '../../src/servers/mailServer.ts'

/** Milliseconds after which the sandbox's lists surely show what was written; real ones take longer. */
const settle = 250

const openServer: OpenServer = async (connection, secrets) => {
  const { settings, ...rest } = connection
  if (settings.kind === 'exchange') return unobserved(connection, await openAsUsual(connection, secrets))
  if (settings.kind === 'imap') return openAsUsual(connection, secrets)
  const { office365Server } = await import('../../src/servers/office365/office365Server.ts')
  const { openOffice365Session } = await import('../../src/servers/office365/session/session.ts')
  return office365Server({
    connection: { ...rest, settings },
    secrets,
    openSession: (deps, options) => openOffice365Session({ ...deps, settle }, options),
  })
}

/** Every check finds what was recorded: no domain moves here, and the library that looks takes longer to load than all the rest. */
const unobserved = ({ settings }: Connection, server: MailServer): MailServer => ({
  ...server,
  observe: async recorded => ({ signIn: 'accepted', user: adminUser(settings) ?? '', ...(recorded && { found: recorded }) }),
})

const [ledger, name = '', leaseMs = '', work = ''] = process.argv.slice(2)

await using client = createLocalClient({ ledger, version: 'test', leaseMs: Number(leaseMs), openServer })
const tell = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
if (work === 'remove') await client.call('job.reset', { name, mode: 'remove' }, { emit: tell })
else {
  const { list } = await client.call('job.start', { name, delta: true, deletionsAllowed: 1000 }, { emit: tell })
  const states = list.map(({ source, state }) => ({ source: source.address, ...state }))
  tell({ event: 'ended', states })
  process.exitCode = states.every(({ state }) => state === 'completed') ? 0 : 1
}
