import type { ConnectionSettings } from '../../domain/connection.ts'
import { isSame } from '../../domain/isSame.ts'
import type { Params } from '../../rpc/protocol.ts'
import type { ConnectionDraft } from './draft.ts'
import { isExempt } from './model.ts'
import { exchangeServerOf } from './planOf.ts'
import { addCheck, type Testing } from './tryOut.ts'

/** Verifies what the connection is to become, and writes it unless it is only to be checked. What can't be is thrown; running jobs are stopped first. */
export async function reconfigure({ model, put, engine, secret, signal }: Testing, check: boolean): Promise<void> {
  const { existing, draft } = model()
  if (existing === undefined) return
  put({ ...model(), tested: { checks: [], running: true } })
  const { recorded } = await engine.call(
    'connection.reconfigure',
    {
      name: existing.id,
      ...changed(existing.settings, draft),
      ...(secret === undefined ? {} : { secret: { reference: { editor: true }, text: secret } }),
      ...(draft.responsible === '' ? {} : { responsible: draft.responsible }),
      // The button says so.
      ...(isExempt(existing.settings) ? { anyway: true } : {}),
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

/** What is to be another than it was. */
function changed(settings: ConnectionSettings, draft: ConnectionDraft): Pick<Params<'connection.reconfigure'>, 'server' | 'admin'> {
  if (settings.kind === 'imap') return {}
  if (settings.kind === 'office365') {
    const { signIn } = settings
    const [before, after] = signIn.method === 'admin' ? [signIn.user, draft.cloudAdmin.trim()] : [signIn.clientId, draft.clientId.trim()]
    return before === after ? {} : { admin: after }
  }
  const server = exchangeServerOf(draft)
  const admin = draft.admin.trim()
  return { ...(isSame(settings.server, server) ? {} : { server }), ...(settings.admin.user === admin ? {} : { admin }) }
}
