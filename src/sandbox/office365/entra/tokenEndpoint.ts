import type { CloudUser, Tenant } from '../tenant.ts'
import { AadstsError } from './aadsts.ts'
import { type Client, findClient, proveClient } from './authenticateClient.ts'
import type { DeviceCodes } from './deviceCodes.ts'
import { checkUser, consentedScopes, signInPerson } from './people.ts'
import { type Asked, invalidScope, readScope, rolesFor } from './resources.ts'

/** A request to the token endpoint. */
export interface TokenRequest {
  readonly tenant: Tenant
  readonly form: URLSearchParams
  readonly path: string
  /** What client assertions may be meant for. */
  readonly audiences: readonly string[]
  /** Further addresses of Graph. */
  readonly graphAliases: ReadonlySet<string>
  readonly deviceCodes: DeviceCodes
}

export interface TokenAnswer {
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly ext_expires_in: number
  readonly access_token: string
  readonly scope?: string
  readonly refresh_token?: string
  readonly id_token?: string
  readonly client_info?: string
}

/** RFC 8628's name for the grant; Microsoft's own library uses the short one, which Entra takes too. */
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** Gives out tokens, or throws an `AadstsError`. */
export function issueToken(request: TokenRequest): TokenAnswer {
  const { tenant, form } = request
  const client = findClient(tenant, required(form, 'client_id'))
  const kind = proveClient(tenant, client, form, request.audiences)
  const grant = required(form, 'grant_type')
  switch (grant) {
    case 'client_credentials':
      if (kind === 'public') throw needsProof()
      return forApplication(request, client)
    case 'password':
      publicOrProven(client, kind)
      return forPerson(
        request,
        client,
        asked(request),
        signInPerson(tenant, required(form, 'username'), required(form, 'password'), request.path),
      )
    case deviceGrant:
    case 'device_code': {
      publicOrProven(client, kind)
      const code = request.deviceCodes.take(required(form, 'device_code'), client.application.appId)
      return forPerson(request, client, readScope(tenant.registry, code.scope, request.graphAliases), userOf(tenant, code.userId))
    }
    case 'refresh_token':
      publicOrProven(client, kind)
      return refresh(request, client)
    default:
      throw new AadstsError(70003, 'unsupported_grant_type', `The app requested an unsupported grant type '${grant}'.`)
  }
}

export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (!value) throw new AadstsError(900144, 'invalid_request', `The request body must contain the following parameter: '${name}'.`)
  return value
}

const asked = ({ tenant, form, graphAliases }: TokenRequest): Asked => readScope(tenant.registry, form.get('scope') ?? '', graphAliases)

const needsProof = (): AadstsError =>
  new AadstsError(
    7000218,
    'invalid_client',
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  )

function publicOrProven({ application }: Client, kind: 'confidential' | 'public'): void {
  if (kind === 'public' && !application.isPublicClient) throw needsProof()
}

function forApplication(request: TokenRequest, { application, principal }: Client): TokenAnswer {
  const { tenant } = request
  const { audience, resource, permissions } = asked(request)
  if (permissions.length !== 1 || permissions[0] !== '.default') {
    const scope = request.form.get('scope') ?? ''
    throw new AadstsError(
      1002012,
      'invalid_scope',
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    )
  }
  const token = tenant.tokens.issue({ audience, appId: application.appId, objectId: principal.id, roles: rolesFor(principal, resource) })
  return answer(tenant, token)
}

const answer = ({ tokens: { lifetime } }: Tenant, accessToken: string): TokenAnswer => ({
  token_type: 'Bearer',
  expires_in: lifetime,
  ext_expires_in: lifetime,
  access_token: accessToken,
})

function forPerson(request: TokenRequest, client: Client, wanted: Asked, user: CloudUser): TokenAnswer {
  const { tenant, form } = request
  const { person } = checkUser(user)
  const { appId } = client.application
  const scope = consentedScopes(client, wanted, user).join(' ')
  const token = tenant.tokens.issue({ audience: wanted.audience, appId, objectId: person.objectGuid, scope, upn: person.userPrincipalName })
  const info = { uid: person.objectGuid, utid: tenant.id }
  return {
    ...answer(tenant, token),
    scope: scope
      .split(' ')
      .map(one => `${wanted.audience}/${one}`)
      .join(' '),
    ...(wanted.offline && { refresh_token: tenant.tokens.beginSession({ appId, userId: person.objectGuid }) }),
    id_token: idToken(tenant, appId, user),
    ...(form.get('client_info') === '1' && { client_info: encoded(info) }),
  }
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Clients of the token endpoint need no signature (OpenID Connect Core, 3.1.3.7), and this one has none worth checking. */
function idToken(tenant: Tenant, appId: string, { person }: CloudUser): string {
  const seconds = Math.floor(tenant.organisation.now() / 1000)
  const claims = {
    aud: appId,
    iss: `https://login.microsoftonline.com/${tenant.id}/v2.0`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + tenant.tokens.lifetime,
    name: person.displayName,
    oid: person.objectGuid,
    preferred_username: person.userPrincipalName,
    sub: person.objectGuid,
    tid: tenant.id,
    ver: '2.0',
  }
  return `${encoded({ typ: 'JWT', alg: 'none' })}.${encoded(claims)}.`
}

function userOf(tenant: Tenant, id: string): CloudUser {
  const user = tenant.users.get(id)
  if (!user) throw new AadstsError(50034, 'invalid_grant', `The user account does not exist in the ${tenant.id} directory.`)
  return user
}

function refresh(request: TokenRequest, client: Client): TokenAnswer {
  const { tenant, form } = request
  const session = tenant.tokens.session(required(form, 'refresh_token'))
  if (session?.appId !== client.application.appId)
    throw new AadstsError(9002313, 'invalid_grant', 'Invalid request. Request is malformed or invalid.')
  const user = userOf(tenant, session.userId)
  if (session.startedAt < user.sessionsValidFrom)
    throw new AadstsError(
      50173,
      'invalid_grant',
      'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    )
  const wanted = asked(request)
  if (wanted.permissions.length === 0) throw invalidScope(form.get('scope') ?? '')
  return forPerson(request, client, { ...wanted, offline: true }, user)
}
