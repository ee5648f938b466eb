import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Dovecot } from '../support/dovecot.ts'
import { startProxy, type Proxy as TestProxy } from '../support/proxy.ts'
import { type MailboxSnapshot, snapshot } from '../support/snapshot.ts'
import type { Copier, Task } from './copiers.ts'
import { type Measured, measure } from './measure.ts'

export interface Run extends Measured {
  /** How often the copier waited for a server, over all its connections; known where proxies stand between. */
  readonly roundTrips?: number
}

/** One target mailbox that one copier fills and keeps up to date. Disposing of it removes the mailbox and the copier's state. */
export interface Copy extends AsyncDisposable {
  run(kind: 'full' | 'delta'): Promise<Run>
  snapshot(): Promise<MailboxSnapshot>
}

export interface CopySettings {
  readonly source: Dovecot
  readonly target: Dovecot
  readonly from: { readonly user: string; readonly password: string }
  readonly to: { readonly user: string; readonly password: string }
  readonly stateParent: string
  /** Proxies with this round trip stand before both servers; none where undefined. */
  readonly roundTripMs: number | undefined
  readonly connections: number
}

export async function beginCopy(
  copier: Copier,
  { source, target, from, to, stateParent, roundTripMs, connections }: CopySettings,
): Promise<Copy> {
  await using owned = new AsyncDisposableStack()
  const state = join(stateParent, to.user)
  mkdirSync(state)
  owned.defer(() => rmSync(state, { recursive: true }))
  owned.defer(() => rmSync(dirname(target.mailDir(to.user)), { recursive: true, force: true }))
  const proxies: TestProxy[] = []
  if (roundTripMs !== undefined)
    for (const server of [source, target]) proxies.push(owned.use(await startProxy({ to: server, roundTripMs })))
  const [toSource = source, toTarget = target] = proxies
  const task: Task = {
    from: { host: toSource.host, port: toSource.port, ...from },
    to: { host: toTarget.host, port: toTarget.port, ...to },
    state,
    targetConfig: join(target.dir, 'dovecot.conf'),
    connections,
  }
  for (const command of copier.prepare(task)) {
    const { exitCode, lastWords } = await measure(command, state)
    if (exitCode !== 0) throw new Error(`${command.join(' ')} ended with ${exitCode}: ${lastWords}`)
  }
  const kept = owned.move()
  const trips = () => proxies.reduce((sum, proxy) => sum + proxy.stats().roundTrips, 0)
  return {
    async run(kind) {
      const before = trips()
      const measured = await measure(copier[kind](task), state)
      return proxies.length > 0 ? { ...measured, roundTrips: trips() - before } : measured
    },
    snapshot: () => snapshot(target, to.user),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
