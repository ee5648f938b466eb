import { z } from 'zod'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { Network } from '../../http/connectSocket.ts'
import { entraNetwork } from './entraNetwork.ts'

const configurationSchema = z.object({ issuer: z.string() })

/**
 * The tenant that a domain belongs to today, asked of the sign-in service without any secret (OpenID Connect Discovery 1.0): nobody's is `'none'`.
 * Throws `host.*`, `tls.*`, `server.*`.
 */
export async function tenantOfDomain(login: string, domain: string, network: Network, userAgent: string): Promise<string | 'none'> {
  const wire = entraNetwork(network, userAgent)
  const { body } = await wire.sendGetRequestAsync<unknown>(`${login}/${encodeURIComponent(domain)}/v2.0/.well-known/openid-configuration`)
  const failure = wire.failure()
  if (isError(failure)) throw failure
  if (failure !== undefined) {
    // AADSTS90002; a refusal in other words may be a proxy's.
    if (failure.error === 'invalid_tenant' || failure.codes.includes(90002)) return 'none'
    throw new MailferryError('server.busy', { host: new URL(login).hostname, response: `HTTP ${failure.status}` })
  }
  const { data } = configurationSchema.safeParse(body)
  const tenant = data && /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i.exec(data.issuer)?.[1]
  if (tenant === undefined)
    throw new MailferryError('server.protocol', { host: new URL(login).hostname, detail: 'its OpenID configuration names no tenant' })
  return tenant.toLowerCase()
}
