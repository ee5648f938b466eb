import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { planFiles } from '../../src/sandbox/exports.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/world.ts'
import { cli, type Finished, privateFile } from './cli.ts'
import { tempDir } from './tempDir.ts'

/** The sandbox's two Exchange organisations, and a command line with a plan to move everybody from one to the other. */
export interface ExchangeCompany extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly dir: string
  run(...args: string[]): Promise<Finished>
  file(name: string, content: string | object): string
  /** Applies the plan the sandbox wrote, with a change of its connections and job. */
  apply(change?: { readonly connections?: object; readonly job?: object }): Promise<Finished>
  /** What every command so far wrote to its output. */
  readonly outputs: string[]
  ledgerText(): string
}

interface Plan {
  readonly connections: readonly object[]
  readonly jobs: readonly object[]
}

export async function startExchangeCompany(options: SandboxOptions = {}): Promise<ExchangeCompany> {
  const dir = tempDir()
  const sandbox = await startSandbox({ people: 3, messagesEach: 6, scale: 0.01, ...options })
  const files = planFiles(sandbox)
  for (const [name, content] of Object.entries(files)) privateFile(dir.path, name, content)
  const ledger = join(dir.path, 'ledger.db')
  const outputs: string[] = []
  const company: ExchangeCompany = {
    sandbox,
    dir: dir.path,
    outputs,
    async run(...args) {
      const finished = await cli([...args, '--ledger', ledger, '--log', 'log'], { cwd: dir.path })
      outputs.push(finished.stdout, finished.stderr)
      return finished
    },
    file: (name, content) => privateFile(dir.path, name, content),
    apply({ connections = {}, job = {} } = {}) {
      const plan = JSON.parse(files['plan.json'] ?? '') as Plan
      privateFile(dir.path, 'changed.json', {
        connections: plan.connections.map(connection => ({ ...connection, ...connections })),
        jobs: plan.jobs.map(one => ({ ...one, ...job })),
      })
      return company.run('apply', 'changed.json')
    },
    ledgerText: () => readFileSync(ledger, 'latin1') + readFileSync(join(dir.path, 'log'), 'latin1'),
    async [Symbol.asyncDispose]() {
      await sandbox[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
  return company
}
