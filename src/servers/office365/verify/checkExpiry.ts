import { z } from 'zod'
import type { Expiry } from '../../../domain/connection.ts'
import { daysUntil, warnDays } from '../../../domain/expiry.ts'
import type { Check } from '../../mailServer.ts'
import { read, shaped } from '../graph/ask.ts'
import type { Verifying } from './verifying.ts'

const applicationSchema = z.object({
  passwordCredentials: z.array(z.object({ endDateTime: z.string().nullish(), displayName: z.string().nullish() })).nullish(),
})

interface Checked {
  readonly check: Check
  /** Absent where it isn't known of what is signed in with. */
  readonly expires?: Expiry
}

/** Check `expiry`: until when the secret or certificate is good. Of a secret only the tenant knows it, and doesn't tell everybody. */
export async function checkExpiry({ access, asking }: Verifying, certificateUntil: Date | undefined, now = Date.now()): Promise<Checked> {
  const { signIn } = access.connection.settings
  if (certificateUntil !== undefined) {
    const at = certificateUntil.toISOString()
    return { check: verdict('the certificate', at, now), expires: { what: 'certificate', at } }
  }
  if (signIn.method === 'admin') return skipped('a person’s sign-in ends when the tenant’s rules say so')
  const path = `/applications(appId='${encodeURIComponent(signIn.clientId)}')?$select=passwordCredentials`
  const response = await read(asking, { path })
  if (response.error !== undefined) {
    return skipped(
      'not told without the permission Application.Read.All; see the application’s page Certificates & secrets in the Entra admin centre',
    )
  }
  const { passwordCredentials } = shaped(asking, applicationSchema, response.json)
  const ends = (passwordCredentials ?? []).map(({ endDateTime }) => Date.parse(endDateTime ?? '')).filter(end => end > now)
  if (ends.length === 0) return skipped('the tenant names no secret of the application')
  const at = new Date(Math.min(...ends)).toISOString()
  // Which of several is ours the tenant doesn't say; the one that ends first is the one to care about, and isn't recorded as ours.
  return ends.length === 1
    ? { check: verdict('the secret', at, now), expires: { what: 'secret', at } }
    : { check: verdict('the first of its secrets', at, now) }
}

const skipped = (detail: string): Checked => ({ check: { name: 'expiry', state: 'skipped', detail } })

function verdict(what: string, until: string, now: number): Check {
  const days = daysUntil(until, now)
  const warning = days <= warnDays ? `: only ${days} day${days === 1 ? '' : 's'}. Renew it before a run meets its end` : ''
  return { name: 'expiry', state: 'passed', detail: `${what} is good until ${until.slice(0, 10)}${warning}` }
}
