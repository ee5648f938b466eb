import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from './floor.ts'

export const copierNames = ['mailferry', 'mbsync', 'doveadm', 'floor'] as const
export type CopierName = (typeof copierNames)[number]

/** One copy of one mailbox by one copier. `state` is a directory of its own, kept between a full copy and the deltas after it. */
export interface Task {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly state: string
  /** Configuration of the target's Dovecot. */
  readonly targetConfig: string
  /** Connections a copier may open to each server where it can be told. */
  readonly connections: number
}

export type Command = readonly [program: string, ...args: string[]]

export interface Copier {
  /** Whatever a person does once beforehand: configuration, accounts. Not measured. */
  prepare(task: Task): readonly Command[]
  full(task: Task): Command
  delta(task: Task): Command
}

const root = join(import.meta.dirname, '../..')

const mailferry: Copier = {
  prepare({ from, to, state, connections }) {
    const secret = (name: string, { user, password }: Endpoint) =>
      writeSecret(join(state, `${name}.csv`), `mailbox,user,password\n${user},${user},${password}\n`)
    secret('source', from)
    secret('target', to)
    const connection = (name: string, { host, port }: Endpoint) => ({
      name,
      role: name,
      kind: 'imap',
      server: { host, port, tls: 'none', allowPlaintext: true },
      signIn: { method: 'mailbox' },
      secret: { file: `${name}.csv` },
    })
    const plan = {
      connections: [connection('source', from), connection('target', to)],
      jobs: [
        {
          name: 'bench',
          source: 'source',
          target: 'target',
          limits: { connectionsPerServer: connections },
          pairs: [{ source: from.user, target: to.user }],
        },
      ],
    }
    const file = join(state, 'plan.json')
    writeFileSync(file, JSON.stringify(plan))
    return [mailferryCommand(state, 'apply', file)]
  },
  full: ({ state }) => mailferryCommand(state, 'job', 'start', 'bench'),
  delta: ({ state }) => mailferryCommand(state, 'job', 'delta', 'bench'),
}

const mailferryCommand = (state: string, ...args: string[]): Command => [
  'node',
  join(root, 'dist', 'cli.js'),
  '--ledger',
  join(state, 'ledger.sqlite'),
  ...args,
]

const writeSecret = (file: string, text: string): void => {
  writeFileSync(file, text)
  chmodSync(file, 0o600)
}

const mbsyncRun = ({ state }: Task): Command => ['mbsync', '--quiet', '--config', join(state, 'mbsyncrc'), '--all']

const mbsync: Copier = {
  prepare({ from, to, state }) {
    mkdirSync(join(state, 'sync'))
    const store = (name: string, { host, port, user, password }: Endpoint) =>
      `IMAPAccount ${name}\nHost ${host}\nPort ${port}\nUser ${user}\nPass ${password}\nSSLType None\nAuthMechs LOGIN\nTimeout 0\n\nIMAPStore ${name}\nAccount ${name}\n\n`
    const channel = `Channel copy\nFar :source:\nNear :target:\nPatterns *\nSync Pull\nCreate Near\nCopyArrivalDate yes\nSyncState ${state}/sync/\n`
    writeSecret(join(state, 'mbsyncrc'), store('source', from) + store('target', to) + channel)
    return []
  },
  full: mbsyncRun,
  delta: mbsyncRun,
}

/** As Dovecot's own guide to migrations has it. Reads over IMAP and writes straight into the target's storage, so it is no copier between two IMAP servers. */
const doveadmRun = ({ from, to, targetConfig }: Task): Command => {
  const settings = {
    imapc_host: from.host,
    imapc_port: String(from.port),
    imapc_user: from.user,
    imapc_password: from.password,
    imapc_features: 'rfc822.size fetch-headers',
    mail_prefetch_count: '20',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  return ['doveadm', '-c', targetConfig, ...options, 'backup', '-R', '-u', to.user, 'imapc:']
}

const doveadm: Copier = { prepare: () => [], full: doveadmRun, delta: doveadmRun }

const floorRun = ({ from, to, state }: Task): Command => [
  'node',
  join(root, 'test', 'bench', 'runFloor.ts'),
  JSON.stringify({ from, to, state: join(state, 'floor.json') }),
]

const floor: Copier = { prepare: () => [], full: floorRun, delta: floorRun }

export const copiers: Record<CopierName, Copier> = { mailferry, mbsync, doveadm, floor }
