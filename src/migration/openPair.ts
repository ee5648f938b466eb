import { MailferryError } from '../domain/errors.ts'
import type { ContentFormat } from '../domain/mail.ts'
import type { MailSession, OpenOptions, SessionTraits } from '../servers/mailServer.ts'
import { type AdaptiveGate, createAdaptiveGate } from './adaptiveGate.ts'
import type { PairRun } from './context.ts'

export interface OpenPair extends AsyncDisposable {
  readonly source: MailSession
  readonly target: MailSession
  readonly gate: AdaptiveGate
  readonly formats: readonly ContentFormat[]
}

/** Scans and writes under way at once, over all folders of the pair: enough to hide a network's round trips. */
const requestsAtOnce = 32

/** Opens both mailboxes at once; when either fails the other is closed again. */
export async function openPair(run: PairRun, signal: AbortSignal): Promise<OpenPair> {
  const gate = createAdaptiveGate(requestsAtOnce)
  const { connections, requests, reading, readAhead, rate } = run.limits
  const archives = run.job.settings.archives ?? false
  const options: OpenOptions = { signal, connections, requests, archives, onBusy: retryAfterMs => gate.busy(retryAfterMs) }
  const opened = await Promise.allSettled([
    run.source.open(run.pair.source, { ...options, reading, readAhead }),
    run.target.open(run.pair.target, { ...options, meter: { took: rate } }),
  ])
  const [source, target] = opened
  if (source.status === 'rejected' || target.status === 'rejected') {
    for (const side of opened) if (side.status === 'fulfilled') await side.value[Symbol.asyncDispose]()
    throw source.status === 'rejected' ? source.reason : (target as PromiseRejectedResult).reason
  }
  return {
    source: source.value,
    target: target.value,
    gate,
    formats: ladder(source.value, target.value, run.job.settings.unprovenTransfer),
    async [Symbol.asyncDispose]() {
      await Promise.all([source.value[Symbol.asyncDispose](), target.value[Symbol.asyncDispose]()])
    },
  }
}

interface HasFormats {
  readonly traits: Pick<SessionTraits, 'formats' | 'unproven'>
}

/**
 * The transfer ladder: the formats that both have, the source's best first. What can't be carried in one of them is tried in the next. `unproven`: with those
 * that the target is only supposed to take.
 */
export function ladder(source: HasFormats, target: HasFormats, unproven = false): readonly ContentFormat[] {
  const taken = [...target.traits.formats, ...(unproven ? (target.traits.unproven ?? []) : [])]
  const formats = source.traits.formats.filter(name => taken.includes(name))
  if (formats.length === 0)
    throw new MailferryError('internal', {
      detail: `no common format: ${source.traits.formats.join()} and ${target.traits.formats.join()}`,
    })
  return formats
}
