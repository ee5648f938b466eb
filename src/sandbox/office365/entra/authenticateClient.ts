import type { Tenant } from '../tenant.ts'
import { AadstsError } from './aadsts.ts'
import { checkAssertion } from './clientAssertion.ts'
import type { Application, ServicePrincipal } from './registry.ts'

export interface Client {
  readonly application: Application
  readonly principal: ServicePrincipal
}

export const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** The application of `client_id`, as it is known in this tenant. */
export function findClient({ registry, organisation }: Tenant, clientId: string): Client {
  const application = registry.application(clientId)
  const principal = registry.servicePrincipal(clientId)
  if (!application || !principal) {
    const text = `Application with identifier '${clientId}' was not found in the directory '${organisation.name}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`
    throw new AadstsError(700016, 'unauthorized_client', text)
  }
  if (!principal.accountEnabled)
    throw new AadstsError(7000112, 'unauthorized_client', `Application '${clientId}'(${application.displayName}) is disabled.`)
  return { application, principal }
}

/** Proves that the client is who it says: by a secret or a certificate; public clients by nothing. */
export function proveClient(
  tenant: Tenant,
  { application }: Client,
  form: URLSearchParams,
  audiences: readonly string[],
): 'confidential' | 'public' {
  const now = tenant.organisation.now()
  const assertion = form.get('client_assertion')
  if (assertion !== null) {
    if (form.get('client_assertion_type') !== jwtBearer)
      throw new AadstsError(900144, 'invalid_request', "The request body must contain the following parameter: 'client_assertion_type'.")
    checkAssertion(application, assertion, { audiences, now })
    return 'confidential'
  }
  const given = form.get('client_secret')
  if (given === null) return 'public'
  const secret = application.secrets.find(({ value }) => value === given)
  if (!secret) {
    const text = `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${application.appId}'.`
    throw new AadstsError(7000215, 'invalid_client', text)
  }
  if (Date.parse(secret.endDateTime) <= now)
    throw new AadstsError(
      7000222,
      'invalid_client',
      `The provided client secret keys for app '${application.appId}' are expired. Visit the Azure portal to create new keys for your app.`,
    )
  return 'confidential'
}
