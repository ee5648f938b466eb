import { X509Certificate } from 'node:crypto'
import type { Application as GraphApplication } from '@microsoft/microsoft-graph-types'
import type { Answer } from '../../../http/answer.ts'
import type { Application, KeyCredential } from '../../entra/registry.ts'
import { type GraphCall, jsonBody, pageSize, routeValue } from '../call.ts'
import { badRequest, GraphError, resourceNotFound } from '../graphError.ts'
import { nothing } from '../nothing.ts'
import { parseFilter } from '../odata/filter.ts'
import { matches } from '../odata/matches.ts'
import { entityAnswer, page, resumed } from '../odata/page.ts'
import { permissions, permit } from '../permit.ts'

function showApplication(application: Application): GraphApplication {
  const { id, appId, displayName, createdDateTime, signInAudience, isPublicClient, requiredResourceAccess, secrets, keyCredentials } =
    application
  return {
    id,
    appId,
    displayName,
    createdDateTime,
    signInAudience,
    isFallbackPublicClient: isPublicClient,
    requiredResourceAccess: [...requiredResourceAccess],
    passwordCredentials: secrets.map(secret => ({
      keyId: secret.keyId,
      displayName: secret.displayName ?? null,
      hint: secret.value.slice(0, 3),
      secretText: null,
      startDateTime: secret.startDateTime,
      endDateTime: secret.endDateTime,
    })),
    keyCredentials: keyCredentials.map(({ keyId, displayName: name, certificate, startDateTime, endDateTime }) => ({
      keyId,
      displayName: name ?? null,
      type: 'AsymmetricX509Cert',
      usage: 'Verify',
      key: null,
      customKeyIdentifier: new X509Certificate(certificate).fingerprint.replaceAll(':', ''),
      startDateTime,
      endDateTime,
    })),
  }
}

/** By object id, or `applications(appId='…')`. */
function applicationOf(call: GraphCall): Application {
  const id = routeValue(call, 'application')
  const [, appId] = /^applications\(appId='(.+)'\)$/i.exec(id) ?? []
  const found = call.site.tenant.registry.applications.find(one => (appId === undefined ? one.id === id : one.appId === appId))
  if (!found) throw resourceNotFound(id)
  return found
}

export function listApplications(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  permit(call, permissions.readApplications)
  const text = call.query.get('$filter')
  const filter = text === null ? undefined : parseFilter(text)
  const shown = call.site.tenant.registry.applications.map(showApplication)
  const entities = filter ? shown.filter(one => matches(one, filter)) : shown
  return page(call, { context: 'applications', entities, offset, size: pageSize(call, 100, 999), show: one => one })
}

export function getApplication(call: GraphCall): Answer {
  permit(call, permissions.readApplications)
  return entityAnswer(call, 'applications/$entity', showApplication(applicationOf(call)))
}

/** Registers an application. It needs a service principal beside it before anybody can sign in with it. */
export function postApplication(call: GraphCall): Answer {
  permit(call, permissions.writeApplications)
  const body = jsonBody(call)
  const { displayName } = body
  if (typeof displayName !== 'string' || displayName === '')
    throw badRequest("A value is required for property 'displayName' of resource 'Application'.")
  if (body['passwordCredentials'] !== undefined)
    throw new GraphError(400, 'Request_BadRequest', 'New password credentials must be generated with service actions.')
  const application = call.site.tenant.registry.addApplication(displayName)
  write(application, body)
  return entityAnswer(call, 'applications/$entity', showApplication(application), 201)
}

export function patchApplication(call: GraphCall): Answer {
  permit(call, permissions.writeApplications)
  write(applicationOf(call), jsonBody(call))
  return nothing()
}

function write(application: Application, body: Readonly<Record<string, unknown>>): void {
  const { displayName, isFallbackPublicClient, requiredResourceAccess, signInAudience, keyCredentials } = body
  if (typeof displayName === 'string') application.displayName = displayName
  if (typeof signInAudience === 'string') application.signInAudience = signInAudience
  if (typeof isFallbackPublicClient === 'boolean') application.isPublicClient = isFallbackPublicClient
  if (Array.isArray(requiredResourceAccess)) application.requiredResourceAccess = requiredResourceAccess
  if (Array.isArray(keyCredentials)) application.keyCredentials = keyCredentials.map(one => readCredential(application, one))
}

/** A certificate: its DER in base64. Those that are there already come without it, by their key id. */
function readCredential({ keyCredentials }: Application, given: unknown): KeyCredential {
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
    }
  } catch {
    throw invalid()
  }
}

export function deleteApplication(call: GraphCall): Answer {
  permit(call, permissions.writeApplications)
  const { applications, servicePrincipals } = call.site.tenant.registry
  const { appId } = applicationOf(call)
  applications.splice(
    applications.findIndex(one => one.appId === appId),
    1,
  )
  const principal = servicePrincipals.findIndex(one => one.appId === appId)
  if (principal !== -1) servicePrincipals.splice(principal, 1)
  return nothing()
}

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
