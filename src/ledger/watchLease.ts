import type { Lease } from './leaseBook.ts'
import type { Ledger } from './ledger.ts'

/** A lease seen from the run that holds it. */
export interface LeaseWatch extends Disposable {
  /** Aborted with `lease.lost` when somebody else may own the pair. */
  readonly lost: AbortSignal
}

/** Enters the lease in the book and ends it on time: when the engine's heartbeat stays out, nobody has to tell that it is over. */
export function watchLease(ledger: Ledger, lease: Lease, settle: () => Promise<void>): LeaseWatch {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const held = ledger.leases.hold(lease, {
    lose: error => {
      clearTimeout(timer)
      controller.abort(error)
    },
    settle,
  })
  const check = () => {
    const remaining = ledger.leases.remaining(lease.engine)
    if (remaining <= 0) return ledger.leases.lose(lease)
    timer = setTimeout(check, remaining)
    timer.unref()
  }
  check()
  return {
    lost: controller.signal,
    [Symbol.dispose]: () => {
      clearTimeout(timer)
      held[Symbol.dispose]()
    },
  }
}
