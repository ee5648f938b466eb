import type { Tenant } from '../tenant.ts'

/** OpenID Connect's description of a tenant's authority; `base` is the origin it is asked at. */
export const openIdConfiguration = (tenant: Tenant, base: string): object => ({
  token_endpoint: `${base}/${tenant.id}/oauth2/v2.0/token`,
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
  jwks_uri: `${base}/${tenant.id}/discovery/v2.0/keys`,
  response_modes_supported: ['query', 'fragment', 'form_post'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  issuer: `${base}/${tenant.id}/v2.0`,
  request_uri_parameter_supported: false,
  userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
  authorization_endpoint: `${base}/${tenant.id}/oauth2/v2.0/authorize`,
  device_authorization_endpoint: `${base}/${tenant.id}/oauth2/v2.0/devicecode`,
  http_logout_supported: true,
  tenant_region_scope: 'EU',
  cloud_instance_name: 'microsoftonline.com',
  cloud_graph_host_name: 'graph.windows.net',
  msgraph_host: 'graph.microsoft.com',
})

/** Which hosts are one authority. */
export const instanceDiscovery = (tenant: Tenant, base: string): object => ({
  tenant_discovery_endpoint: `${base}/${tenant.id}/v2.0/.well-known/openid-configuration`,
  'api-version': '1.1',
  metadata: [{ preferred_network: new URL(base).host, preferred_cache: new URL(base).host, aliases: [new URL(base).host] }],
})
