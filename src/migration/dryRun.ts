import type { PairRow } from '../ledger/rows.ts'
import { estimateMs, measure, type Rate, supposed } from './estimate.ts'
import { type Amount, type Filtered, nothing, type PairForecast, plus, plusFiltered } from './forecast.ts'
import { forecastPair, type Look } from './forecastPair.ts'
import { inParallel } from './inParallel.ts'

/** All pairs of a dry run together. */
export interface DryRunTotal {
  readonly pairs: number
  /** Pairs of which nothing can be said, for a mailbox doesn't open. */
  readonly unopened: number
  readonly copy: Amount
  readonly filtered: Filtered
  readonly tooLarge: Amount
  readonly rate: Rate
  /** Milliseconds: about so long will it take. */
  readonly estimatedMs: number
}

/**
 * Tells what a run of these pairs would copy, each as it is known, and at last all together with an estimate of the time.
 * A sample of the first mailbox that opens is read to measure the speed. Writes nothing, neither to a server nor to the ledger.
 */
export async function* dryRun(
  look: Look,
  pairs: AsyncIterable<PairRow> | Iterable<PairRow>,
): AsyncGenerator<PairForecast, DryRunTotal, undefined> {
  const { limits } = look.job.settings
  let rate: Promise<Rate | undefined> | undefined
  const forecasts = inParallel(pairs, limits.pairsAtOnce, pair =>
    forecastPair(look, pair, async (source, folders, format) => {
      rate ??= measure(source, folders, format, look.signal)
      await rate
    }),
  )
  const total = { pairs: 0, unopened: 0, copy: nothing, filtered: {} as Filtered, tooLarge: nothing }
  for await (const forecast of forecasts) {
    total.pairs++
    if (forecast.error) total.unopened++
    total.copy = plus(total.copy, forecast.copy)
    total.filtered = plusFiltered(total.filtered, forecast.filtered)
    total.tooLarge = plus(total.tooLarge, forecast.tooLarge)
    yield forecast
  }
  const known = (await rate) ?? supposed
  return { ...total, rate: known, estimatedMs: estimateMs(total.copy, known, limits) }
}
