import { X509Certificate } from 'node:crypto'
import type { Application, KeyCredential } from '../../entra/registry.ts'
import type { GraphCall } from '../call.ts'
import { GraphError } from '../graphError.ts'

/** A certificate: its DER in base64. Those that are there already come without it, by their key id. */
export function readCredential({ site, now }: GraphCall, { keyCredentials }: Application, given: unknown): KeyCredential {
  // An object's members are unknown until they are looked at.
  const { keyId, key, displayName } = Object(given) as Readonly<Record<string, unknown>>
  const known = keyCredentials.find(one => one.keyId === keyId)
  if (known && typeof key !== 'string') return known
  const invalid = () => new GraphError(400, 'Request_BadRequest', 'Key credential is invalid.')
  if (typeof key !== 'string') throw invalid()
  const der = Buffer.from(key, 'base64')
  try {
    const { validFrom, validTo } = new X509Certificate(der)
    return {
      keyId: typeof keyId === 'string' ? keyId : crypto.randomUUID(),
      displayName: typeof displayName === 'string' ? displayName : undefined,
      certificate: der,
      startDateTime: new Date(validFrom).toISOString(),
      endDateTime: new Date(validTo).toISOString(),
      knownFrom: now + site.tenant.switches.certificateLagMilliseconds,
    }
  } catch {
    throw invalid()
  }
}
