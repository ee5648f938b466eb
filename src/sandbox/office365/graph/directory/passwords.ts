import type { Answer } from '../../../http/answer.ts'
import { type GraphCall, jsonBody } from '../call.ts'
import { nothing } from '../nothing.ts'
import { entityAnswer } from '../odata/page.ts'
import { permissions, permit } from '../permit.ts'
import { applicationOf } from './applications.ts'

/** Makes a client secret: the only answer that ever holds its value. */
export function addPassword(call: GraphCall): Answer {
  permit(call, permissions.writeApplications)
  const application = applicationOf(call)
  // An object's members are unknown until they are looked at.
  const { displayName, endDateTime } = Object(jsonBody(call)['passwordCredential']) as Readonly<Record<string, unknown>>
  const end = typeof endDateTime === 'string' ? Date.parse(endDateTime) - call.now : undefined
  const secret = call.site.tenant.registry.addSecret(application, {
    ...(typeof displayName === 'string' && { displayName }),
    ...(end !== undefined && { lifetime: end }),
  })
  const { value, ...rest } = secret
  return entityAnswer(call, 'microsoft.graph.passwordCredential', { ...rest, secretText: value, hint: value.slice(0, 3) })
}

export function removePassword(call: GraphCall): Answer {
  permit(call, permissions.writeApplications)
  const application = applicationOf(call)
  const { keyId } = jsonBody(call)
  application.secrets = application.secrets.filter(secret => secret.keyId !== keyId)
  return nothing()
}
