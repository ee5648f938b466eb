import { isSame } from '../../domain/isSame.ts'
import { exchangeServerOf } from './planOf.ts'
import { addCheck, type Testing } from './tryOut.ts'

/** Verifies what the connection is to become, and writes it unless it is only to be checked. What can't be is thrown; running jobs are stopped first. */
export async function reconfigure({ model, put, engine, secret, signal }: Testing, check: boolean): Promise<void> {
  const { existing, draft, anyway } = model()
  if (existing === undefined) return
  put({ ...model(), tested: { checks: [], running: true } })
  const { settings } = existing
  const server = exchangeServerOf(draft)
  const admin = draft.admin.trim()
  const { recorded } = await engine.call(
    'connection.reconfigure',
    {
      name: existing.id,
      ...(settings.kind === 'exchange' && !isSame(settings.server, server) ? { server } : {}),
      ...(settings.kind === 'exchange' && settings.admin.user !== admin ? { admin } : {}),
      ...(secret === undefined ? {} : { secret: { reference: { editor: true }, text: secret } }),
      ...(draft.responsible === '' ? {} : { responsible: draft.responsible }),
      ...(anyway ? { anyway } : {}),
      ...(check ? { check } : { stopJobs: true }),
    },
    {
      signal,
      emit(event) {
        if (signal.aborted) return
        if (event.event === 'check') addCheck({ model, put }, event)
        else if (event.event === 'reconfiguration') put({ ...model(), plan: event })
      },
    },
  )
  if (!signal.aborted) put({ ...model(), tested: { checks: model().tested?.checks ?? [], running: false, recorded } })
}
