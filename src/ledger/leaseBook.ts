import { MailferryError } from '../domain/errors.ts'
import type { EngineId, PairId } from '../domain/ids.ts'
import type { LedgerClock } from './clock.ts'

/** How long an engine's leases hold after its last heartbeat: nobody takes its pairs over earlier. */
export const LEASE_MS = 60_000

/** Who an engine is, for people and for the upgrade that has to name it. */
export interface EngineIdentity {
  readonly host: string
  readonly pid: number
  /** Mailferry's. */
  readonly version: string
  /** Milliseconds; `LEASE_MS` unless a test can't wait that long. */
  readonly leaseMs?: number
}

/** A claimed pair: valid while the pair's row says the same owner and epoch. */
export interface Lease {
  readonly pair: PairId
  readonly engine: EngineId
  readonly epoch: number
}

/** An engine's promise to others, in both clocks. */
interface Promised {
  readonly until: number
  readonly monotonicUntil: number
}

interface Engine {
  readonly identity: EngineIdentity
  promised: Promised
}

/** What a run does when its lease ends. */
export interface Holder {
  /** Somebody else may own the pair. */
  lose(error: MailferryError): void
  /** Writes what is still to be written before the lease is given up. */
  settle(): Promise<void>
}

interface Held extends Holder {
  readonly lease: Lease
}

/** What this process has promised by its heartbeats, and the pairs it may still write. Lives as long as the open ledger. */
export class LeaseBook {
  readonly #clock: LedgerClock
  readonly #engines = new Map<EngineId, Engine>()
  readonly #held = new Map<PairId, Held>()

  constructor(clock: LedgerClock) {
    this.#clock = clock
  }

  /** Starts a promise that `renewed` makes good once it is written; taken before the write, so that it never ends later than others read. */
  promise(identity: EngineIdentity): Promised {
    const ms = identity.leaseMs ?? LEASE_MS
    return { until: this.#clock.now() + ms, monotonicUntil: this.#clock.monotonic() + ms }
  }

  renewed(engine: EngineId, identity: EngineIdentity, promised: Promised): void {
    this.#engines.set(engine, { identity, promised })
  }

  identityOf(engine: EngineId): EngineIdentity {
    const known = this.#engines.get(engine)
    if (known === undefined) throw new MailferryError('internal', { detail: 'this engine is not registered in this process' })
    return known.identity
  }

  /** Milliseconds the engine's leases still hold; negative afterwards. By whichever clock says less: one of them stands still while the machine sleeps. */
  remaining(engine: EngineId): number {
    const promised = this.#engines.get(engine)?.promised
    if (promised === undefined) return Number.NEGATIVE_INFINITY
    return Math.min(promised.until - this.#clock.now(), promised.monotonicUntil - this.#clock.monotonic())
  }

  /** Monotonic time after which nothing may be sent for a lease: a sixth of its length before its end. */
  deadline(engine: EngineId): number {
    const ms = this.#engines.get(engine)?.identity.leaseMs ?? LEASE_MS
    return this.#clock.monotonic() + this.remaining(engine) - ms / 6
  }

  /** Keeps a lease in the book until it is released or lost. */
  hold(lease: Lease, holder: Holder): Disposable {
    const held = { ...holder, lease }
    this.#held.set(lease.pair, held)
    return {
      [Symbol.dispose]: () => {
        if (this.#held.get(lease.pair) === held) this.#held.delete(lease.pair)
      },
    }
  }

  /** Takes a lease that is given up out of the book, after its run has written what it still had to. */
  async settle({ pair, epoch }: Lease): Promise<void> {
    const held = this.#held.get(pair)
    if (held?.lease.epoch !== epoch) return
    await held.settle()
    this.#held.delete(pair)
  }

  heldBy(engine: EngineId): readonly Lease[] {
    return [...this.#held.values()].map(held => held.lease).filter(lease => lease.engine === engine)
  }

  /** Somebody else may own the pair: its writer hears of it once. */
  lose(lease: Lease): void {
    const held = this.#held.get(lease.pair)
    if (held === undefined || held.lease.epoch !== lease.epoch) return
    this.#held.delete(lease.pair)
    held.lose(new MailferryError('lease.lost', { pair: lease.pair }))
  }

  forget(engine: EngineId): void {
    for (const lease of this.heldBy(engine)) this.lose(lease)
    this.#engines.delete(engine)
  }
}
