import { X509Certificate } from 'node:crypto'
import type { Application as GraphApplication } from '@microsoft/microsoft-graph-types'
import type { Answer } from '../../../http/answer.ts'
import type { Application } from '../../entra/registry.ts'
import { type GraphCall, jsonBody, pageSize, routeValue } from '../call.ts'
import { badRequest, GraphError, resourceNotFound } from '../graphError.ts'
import { nothing } from '../nothing.ts'
import { parseFilter } from '../odata/filter.ts'
import { matches } from '../odata/matches.ts'
import { entityAnswer, page, resumed } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { permissions, permit } from '../permit.ts'
import { readCredential } from './keyCredential.ts'

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

const appIdIn = (id: string): string | undefined => /^applications\(appId='(.+)'\)$/i.exec(id)?.[1]

/** By object id, or `applications(appId='…')`. */
export function applicationOf(call: GraphCall): Application {
  const id = routeValue(call, 'application')
  const appId = appIdIn(id)
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
  const [first = {}] = shown
  const select = selected(call, 'application', Object.keys(first))
  return page(call, { context: 'applications', entities, offset, size: pageSize(call, 100, 999), show: one => project(one, select) })
}

/** An application may look itself up without any permission ("Microsoft Graph docs", issue 15879). */
export function getApplication(call: GraphCall): Answer {
  if (!looksItselfUp(call)) permit(call, permissions.readApplications)
  const shown = showApplication(applicationOf(call))
  return entityAnswer(call, 'applications/$entity', project(shown, selected(call, 'application', Object.keys(shown))))
}

function looksItselfUp(call: GraphCall): boolean {
  const { registry, switches } = call.site.tenant
  if (call.caller.scp !== undefined) return false
  const id = routeValue(call, 'application')
  const appId = appIdIn(id)
  if (appId !== undefined) return switches.ownApplicationByAppId && appId === call.caller.appid
  return registry.application(call.caller.appid)?.id === id
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
  write(call, application, body)
  return entityAnswer(call, 'applications/$entity', showApplication(application), 201)
}

export function patchApplication(call: GraphCall): Answer {
  permit(call, permissions.writeApplications)
  write(call, applicationOf(call), jsonBody(call))
  return nothing()
}

function write(call: GraphCall, application: Application, body: Readonly<Record<string, unknown>>): void {
  const { displayName, isFallbackPublicClient, requiredResourceAccess, signInAudience, keyCredentials } = body
  if (typeof displayName === 'string') application.displayName = displayName
  if (typeof signInAudience === 'string') application.signInAudience = signInAudience
  if (typeof isFallbackPublicClient === 'boolean') application.isPublicClient = isFallbackPublicClient
  if (Array.isArray(requiredResourceAccess)) application.requiredResourceAccess = requiredResourceAccess
  if (Array.isArray(keyCredentials)) application.keyCredentials = keyCredentials.map(one => readCredential(call, application, one))
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
