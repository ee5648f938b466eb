import { z } from 'zod'
import type { Check } from '../../mailServer.ts'
import { read, shaped } from '../graph/ask.ts'
import type { Verifying } from './verifying.ts'

const day = 86_400_000

/** A secret that ends within so many days is warned about: a migration takes weeks. */
const warnDays = 30

const applicationSchema = z.object({
  passwordCredentials: z.array(z.object({ endDateTime: z.string().nullish(), displayName: z.string().nullish() })).nullish(),
})

/** Check `expiry`: until when the secret or certificate is good. Of a secret only the tenant knows it, and doesn't tell everybody. */
export async function checkExpiry({ access, asking }: Verifying, certificateUntil: Date | undefined, now = Date.now()): Promise<Check> {
  const { signIn } = access.connection.settings
  if (certificateUntil !== undefined) return verdict('the certificate', certificateUntil.getTime(), now)
  if (signIn.method === 'admin')
    return { name: 'expiry', state: 'skipped', detail: 'a person’s sign-in ends when the tenant’s rules say so' }
  const path = `/applications(appId='${encodeURIComponent(signIn.clientId)}')?$select=passwordCredentials`
  const response = await read(asking, { path })
  if (response.error !== undefined) {
    const detail =
      'not told without the permission Application.Read.All; see the application’s page Certificates & secrets in the Entra admin centre'
    return { name: 'expiry', state: 'skipped', detail }
  }
  const { passwordCredentials } = shaped(asking, applicationSchema, response.json)
  const ends = (passwordCredentials ?? []).map(({ endDateTime }) => Date.parse(endDateTime ?? '')).filter(end => end > now)
  // Which of them is ours the tenant doesn't say; the one that ends first is the one to care about.
  return ends.length === 0
    ? { name: 'expiry', state: 'skipped', detail: 'the tenant names no secret of the application' }
    : verdict(ends.length === 1 ? 'the secret' : 'the first of its secrets', Math.min(...ends), now)
}

function verdict(what: string, until: number, now: number): Check {
  const days = Math.floor((until - now) / day)
  const date = new Date(until).toISOString().slice(0, 10)
  const warning = days <= warnDays ? `: only ${days} day${days === 1 ? '' : 's'}. Renew it before a run meets its end` : ''
  return { name: 'expiry', state: 'passed', detail: `${what} is good until ${date}${warning}` }
}
