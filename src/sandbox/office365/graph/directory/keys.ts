import type { Answer } from '../../../http/answer.ts'
import { provesKey } from '../../entra/keyProof.ts'
import type { Application } from '../../entra/registry.ts'
import { type GraphCall, jsonBody } from '../call.ts'
import { badRequest, GraphError } from '../graphError.ts'
import { nothing } from '../nothing.ts'
import { entityAnswer } from '../odata/page.ts'
import { permissions, permit } from '../permit.ts'
import { applicationOf } from './applications.ts'
import { readCredential } from './keyCredential.ts'

/** An application rolls its own keys without any permission; whoever it is has to prove that he has one of them. */
function rolling(call: GraphCall): { readonly application: Application; readonly body: Readonly<Record<string, unknown>> } {
  const application = applicationOf(call)
  const isOwn = call.caller.scp === undefined && call.caller.appid === application.appId
  if (!isOwn) permit(call, permissions.writeApplications)
  const body = jsonBody(call)
  const { proof } = body
  if (typeof proof !== 'string' || !provesKey(application, proof, call.now))
    throw new GraphError(401, 'Authentication_MissingOrMalformed', 'Access Token missing or malformed.')
  return { application, body }
}

/** Adds a certificate beside those that are there; certificates with a key in them aren't taken here. */
export function addKey(call: GraphCall): Answer {
  const { application, body } = rolling(call)
  const { keyCredential, passwordCredential } = body
  // An object's members are unknown until they are looked at.
  const { type, usage, keyId } = Object(keyCredential) as Readonly<Record<string, unknown>>
  if (type !== 'AsymmetricX509Cert' || usage !== 'Verify') throw badRequest('Key credential is invalid.')
  if (keyId !== undefined && keyId !== null) throw badRequest('KeyId value must be null.')
  if (passwordCredential !== null) throw badRequest('Password credential must be null.')
  const credential = readCredential(call, application, keyCredential)
  application.keyCredentials.push(credential)
  const { certificate: _, knownFrom: _known, ...shown } = credential
  return entityAnswer(call, 'microsoft.graph.keyCredential', { ...shown, type, usage, key: null })
}

export function removeKey(call: GraphCall): Answer {
  const { application, body } = rolling(call)
  const { keyId } = body
  if (!application.keyCredentials.some(one => one.keyId === keyId))
    throw new GraphError(400, 'Request_BadRequest', `No credentials found to be removed. KeyId: ${String(keyId)}`)
  application.keyCredentials = application.keyCredentials.filter(one => one.keyId !== keyId)
  return nothing()
}
