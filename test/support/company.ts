import { join } from 'node:path'
import { type CliOptions, cli, type Finished, privateFile, type RunningCli, startCli } from './cli.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'
import type { DovecotOptions } from './dovecotConfig.ts'
import { type SeedMessage, seedMailbox } from './mailbox.ts'
import { tempDir } from './tempDir.ts'

export interface CompanyOptions {
  readonly mailboxes?: readonly string[]
  /** Messages in each mailbox's inbox. */
  readonly messages?: number
  readonly source?: DovecotOptions
  readonly target?: DovecotOptions
}

/** Two servers, a folder with a plan and secrets for them, and a command line that uses a ledger there. */
export interface Company extends AsyncDisposable {
  readonly dir: string
  readonly ledger: string
  readonly source: Dovecot
  readonly target: Dovecot
  /** A plan that moves every mailbox; `change` is laid over it. */
  plan(change?: PlanChange): object
  /** Writes a file into the company's folder, readable for this person only. */
  file(name: string, content: string | object): string
  run(...args: string[]): Promise<Finished>
  runWith(options: CliOptions, ...args: string[]): Promise<Finished>
  start(...args: string[]): RunningCli
  /** Applies a plan; throws where that fails. */
  apply(change?: PlanChange): Promise<void>
}

export interface PlanChange {
  readonly source?: object
  readonly target?: object
  /** `undefined`: a plan without a job. */
  readonly job?: object | undefined
}

export const passwordOf = (mailbox: string): string => `canary-${mailbox}-Pa55`

export async function startCompany(options: CompanyOptions = {}): Promise<Company> {
  const { mailboxes = ['anna'], messages = 3 } = options
  const dir = tempDir()
  const users = Object.fromEntries(mailboxes.map(mailbox => [mailbox, passwordOf(mailbox)]))
  const [source, target] = await Promise.all([startDovecot({ users, ...options.source }), startDovecot({ users, ...options.target })])
  for (const mailbox of mailboxes) await seedMailbox(source, mailbox, [{ path: ['INBOX'], messages: mails(mailbox, messages) }])
  const ledger = join(dir.path, 'ledger.db')
  const rows = mailboxes.map(mailbox => `${mailbox},${mailbox},${passwordOf(mailbox)}`)
  privateFile(dir.path, 'passwords.csv', `mailbox,user,password\n${rows.join('\n')}\n`)

  const company: Company = {
    dir: dir.path,
    ledger,
    source,
    target,
    plan: change => planFor(source, target, mailboxes, change),
    file: (name, content) => privateFile(dir.path, name, content),
    run: (...args) => company.runWith({}, ...args),
    runWith: (more, ...args) => cli([...args, '--ledger', ledger], { cwd: dir.path, ...more }),
    start: (...args) => startCli([...args, '--ledger', ledger], { cwd: dir.path }),
    async apply(change) {
      const { code, stdout, stderr } = await company.run('apply', company.file('plan.json', company.plan(change)))
      if (code !== 0) throw new Error(`apply ended with ${code}: ${stdout}${stderr}`)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([source[Symbol.asyncDispose](), target[Symbol.asyncDispose]()])
      dir[Symbol.dispose]()
    },
  }
  return company
}

const planFor = (source: Dovecot, target: Dovecot, mailboxes: readonly string[], change: PlanChange = {}): object => ({
  connections: [
    { ...connectionTo(source, 'old', 'source'), ...change.source },
    { ...connectionTo(target, 'new', 'target'), ...change.target },
  ],
  jobs:
    'job' in change && change.job === undefined
      ? []
      : [{ name: 'move', source: 'old', target: 'new', pairs: mailboxes.map(mailbox => ({ source: mailbox })), ...change.job }],
})

const connectionTo = ({ host, port }: Dovecot, name: string, role: 'source' | 'target'): object => ({
  name,
  role,
  kind: 'imap',
  server: { host, port, tls: 'none', allowPlaintext: true },
  signIn: { method: 'mailbox' },
  secret: { file: 'passwords.csv' },
})

function* mails(mailbox: string, count: number, size = 400): Generator<SeedMessage> {
  for (let n = 1; n <= count; n++) {
    const head = `From: ${mailbox}@example.org\r\nSubject: mail ${n}\r\nMessage-ID: <${n}.${mailbox}@example.org>\r\n\r\n`
    yield {
      body: `${head}${`${mailbox} ${n} `.repeat(Math.ceil(size / 10))}\r\n`,
      flags: n % 2 === 0 ? ['\\Seen'] : [],
      received: new Date(1_600_000_000_000 + n * 60_000),
    }
  }
}
