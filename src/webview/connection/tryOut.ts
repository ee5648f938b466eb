import type { PlanConnection } from '../../rpc/plan.ts'
import type { Client } from '../../rpc/protocol.ts'
import type { Model } from './model.ts'

/** What tests work with: the model as it is at each moment, for the person goes on typing. */
export interface Testing {
  readonly model: () => Model
  readonly put: (model: Model) => void
  readonly engine: Client
  readonly secret: string | undefined
  readonly signal: AbortSignal
}

/** Tries a draft out against its server, check by check, with nothing written. */
export async function tryOut({ model, put, engine, secret, signal }: Testing, connection: PlanConnection): Promise<void> {
  put({ ...model(), tested: { checks: [], running: true } })
  const { existing, draft } = model()
  const mailbox = draft.mailbox.trim()
  const { recorded } = await engine.call(
    'connection.tryOut',
    {
      connection,
      ...(existing === undefined ? {} : { id: existing.id }),
      ...(secret === undefined ? {} : { secret }),
      ...(mailbox === '' ? {} : { mailbox }),
    },
    { signal, emit: event => event.event === 'check' && !signal.aborted && addCheck({ model, put }, event) },
  )
  if (signal.aborted) return
  put({ ...model(), tested: { checks: model().tested?.checks ?? [], running: false, ...(recorded === undefined ? {} : { recorded }) } })
}

/** Puts a check that just came in behind the others. */
export function addCheck({ model, put }: Pick<Testing, 'model' | 'put'>, check: NonNullable<Model['tested']>['checks'][number]): void {
  const { tested } = model()
  put({ ...model(), tested: { running: true, checks: [...(tested?.checks ?? []), check] } })
}
