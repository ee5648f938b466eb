import { type Answer, htmlAnswer, jsonAnswer } from '../../http/answer.ts'
import type { Tenant } from '../tenant.ts'
import { AadstsError, aadstsAnswer } from './aadsts.ts'
import { findClient } from './authenticateClient.ts'
import type { DeviceCodes } from './deviceCodes.ts'
import { approveDevice, devicePage } from './devicePage.ts'
import { instanceDiscovery, openIdConfiguration } from './discovery.ts'
import { readScope } from './resources.ts'
import { issueToken, required } from './tokenEndpoint.ts'

export interface EntraRequest {
  readonly method: string
  readonly url: URL
  readonly body: Buffer
  readonly correlationId: string | undefined
}

export interface EntraFront {
  readonly tenant: Tenant
  /** Origin, without a slash at its end. */
  readonly base: string
  readonly graphAliases: ReadonlySet<string>
  readonly deviceCodes: DeviceCodes
}

/** Answers one request to `login.microsoftonline.com`'s stand-in. */
export function answerEntra(front: EntraFront, { method, url, body, correlationId }: EntraRequest): Answer {
  const { tenant, base } = front
  const form = new URLSearchParams(body.toString())
  const [authority = '', ...rest] = url.pathname.split('/').filter(Boolean)
  const path = rest.join('/').toLowerCase()
  try {
    if (path === 'discovery/instance') return jsonAnswer(instanceDiscovery(tenant, base))
    if (authority === 'common' && path === 'oauth2/deviceauth')
      return method === 'GET' ? devicePage : approveDevice(front, form, url.pathname)
    if (!isOurs(tenant, authority)) throw unknownTenant(authority)
    if (path === 'v2.0/.well-known/openid-configuration') return jsonAnswer(openIdConfiguration(tenant, base))
    if (path === 'discovery/v2.0/keys') return jsonAnswer(tenant.tokens.jwks)
    if (method === 'POST' && path === 'oauth2/v2.0/devicecode') return jsonAnswer(beginDeviceCode(front, form))
    if (method === 'POST' && path === 'oauth2/v2.0/token') return token(front, form, url.pathname)
    return htmlAnswer('404 - File or directory not found.', 404)
  } catch (error) {
    if (error instanceof AadstsError) return aadstsAnswer(error, tenant.organisation.now(), correlationId)
    throw error
  }
}

/** A tenant goes by its id and by each of its domains; `organizations` is whoever signs in. */
const isOurs = ({ id, organisation }: Tenant, authority: string): boolean =>
  authority === id || authority === 'organizations' || authority === 'common' || organisation.acceptedDomains.has(authority.toLowerCase())

const unknownTenant = (authority: string): AadstsError =>
  new AadstsError(
    90002,
    'invalid_request',
    `Tenant '${authority}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  )

function token(front: EntraFront, form: URLSearchParams, path: string): Answer {
  const { tenant, base, graphAliases, deviceCodes } = front
  const names = [tenant.id, 'organizations', ...tenant.organisation.acceptedDomains]
  const audiences = names.flatMap(name => [`${base}/${name}/oauth2/v2.0/token`, `${base}/${name}/v2.0`])
  const log = (error: number): unknown =>
    tenant.signIns.log.push({
      grant: form.get('grant_type') ?? '',
      clientId: form.get('client_id') ?? '',
      user: form.get('username') ?? '',
      error,
    })
  try {
    const answer = issueToken({ tenant, form, path, audiences, graphAliases, deviceCodes })
    log(0)
    return { ...jsonAnswer(answer), headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' } }
  } catch (error) {
    if (error instanceof AadstsError) log(error.code)
    throw error
  }
}

function beginDeviceCode({ tenant, base, graphAliases, deviceCodes }: EntraFront, form: URLSearchParams): object {
  const { application } = findClient(tenant, required(form, 'client_id'))
  const scope = required(form, 'scope')
  readScope(tenant.registry, scope, graphAliases)
  const { deviceCode, userCode, expires } = deviceCodes.begin(application.appId, scope)
  const uri = `${base}/common/oauth2/deviceauth`
  return {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: uri,
    expires_in: Math.round((expires - tenant.organisation.now()) / 1000),
    interval: 1,
    message: `To sign in, use a web browser to open the page ${uri} and enter the code ${userCode} to authenticate.`,
  }
}
