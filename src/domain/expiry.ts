import type { Expiry, Verification } from './connection.ts'

const day = 86_400_000

/** What ends within so many days is warned about: a migration takes weeks. */
export const warnDays = 30

/** Whole days, rounded down; negative once it has ended. */
export const daysUntil = (iso: string, now: number): number => Math.floor((Date.parse(iso) - now) / day)

/** What ends soon, or has, of a connection that works otherwise: any other state is worse, and told instead. */
export function endsSoon(verification: Verification, now: number): (Expiry & { readonly days: number }) | undefined {
  const expires = verification.state === 'verified' ? verification.recorded.expires : undefined
  if (expires === undefined) return undefined
  const days = daysUntil(expires.at, now)
  return days > warnDays ? undefined : { ...expires, days }
}
