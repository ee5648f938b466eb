/** The day from which Exchange Online answers no EWS at all, UTC ("Deprecation of Exchange Web Services in Exchange Online"). */
export const ewsEnd = '2027-04-01'

/** The day from which it answers only tenants that asked for it (`EWSEnabled`), UTC. */
export const ewsBlockedSince = '2026-10-01'

const day = 86_400_000

/** How long EWS is left, for people. */
export function ewsCountdown(now: number): string {
  const days = Math.ceil((Date.parse(ewsEnd) - now) / day)
  if (days <= 0) return `Microsoft ended it for all tenants on ${ewsEnd}: leave "ews" out`
  return `Microsoft ends it for all tenants on ${ewsEnd}, in ${days} day${days === 1 ? '' : 's'}: leave "ews" out of what isn’t through by then`
}
