import type { Connection, Office365Settings } from '../../domain/connection.ts'
import { recordedIn } from '../../domain/refusedSignIns.ts'
import type { Network } from '../http/connectSocket.ts'
import { type Resolver, systemResolver } from '../http/resolver.ts'
import type { SecretSource } from '../secretSource.ts'
import type { SignInGuard } from '../signInGuard.ts'
import { trustOf } from '../tls/trust.ts'
import { type CloudEndpoints, clouds, endpointsOf } from './clouds.ts'
import { adminTokens } from './entra/adminTokens.ts'
import { applicationTokens } from './entra/applicationTokens.ts'
import { readCertificate } from './entra/certificate.ts'
import type { Tokens } from './entra/tokens.ts'
import type { GraphTransport } from './graph/graphTransport.ts'
import { openGraph } from './graph/openGraph.ts'

export interface AccessDeps {
  readonly connection: Connection<Office365Settings>
  readonly secrets: SecretSource
  /** Name and version, for the user agent: `Mailferry/1.0`. */
  readonly clientInfo?: { readonly name: string; readonly version: string }
  /** Where names lead; DNS unless told. */
  readonly resolver?: Resolver
}

/** The ways to a connection's tenant, each with its trust and its sign-in. */
export interface Access {
  readonly connection: Connection<Office365Settings>
  readonly endpoints: CloudEndpoints
  readonly network: Network
  readonly userAgent: string
  /** User name, or the application's client id. */
  readonly user: string
  /** Asks for the secret. Throws `secret.missing`, `secret.source`. */
  tokens(guard: SignInGuard, onTrusted?: Network['onTrusted']): Promise<Tokens>
  /** The same for EWS: a token of Graph's isn't good there. */
  ewsTokens(guard: SignInGuard): Promise<Tokens>
  /** Until when the certificate is good, where it signs in by one. Throws as `tokens` does. */
  certificateUntil(): Promise<Date | undefined>
  graph(tokens: Tokens, onTrusted?: Network['onTrusted']): GraphTransport
}

export function accessTo({ connection, secrets, clientInfo, resolver = systemResolver }: AccessDeps): Access {
  const { settings } = connection
  const { signIn } = settings
  // A domain that was typed for the tenant may move away; once verified, the tenant is known by its id.
  const tenant = recordedIn(connection.verification)?.organisation
  const endpoints = endpointsOf(settings)
  const network: Network = { resolver, trust: trustOf(settings.trust ?? {}), fingerprints: [] }
  const userAgent = `${clientInfo?.name ?? 'Mailferry'}/${clientInfo?.version ?? ''}`
  const watched = (onTrusted: Network['onTrusted']): Network => (onTrusted === undefined ? network : { ...network, onTrusted })
  const tokensFor = async (resource: string, guard: SignInGuard, by: Network): Promise<Tokens> => {
    const secret = await secrets.secretFor()
    const deps = { connection: connection.name, login: endpoints.login, network: by, userAgent }
    const scope = `${resource}/.default`
    return signIn.method === 'admin'
      ? adminTokens(deps, signIn, secret, guard, [scope])
      : applicationTokens(deps, { ...signIn, tenant: tenant ?? signIn.tenant }, secret, guard, scope)
  }
  return {
    connection,
    endpoints,
    network,
    userAgent,
    user: signIn.method === 'admin' ? signIn.user : signIn.clientId,
    tokens: (guard, onTrusted) => tokensFor(endpoints.graph, guard, watched(onTrusted)),
    // Wherever a test network has EWS, tokens are for the cloud's own.
    ewsTokens: guard => tokensFor(clouds[settings.cloud ?? 'global'].outlook, guard, network),
    async certificateUntil() {
      if (signIn.method === 'admin' || signIn.credential === 'secret') return undefined
      const secret = await secrets.secretFor()
      return 'pem' in secret ? readCertificate(secret.pem, connection.name).validTo : undefined
    },
    graph: (tokens, onTrusted) => openGraph({ graph: endpoints.graph, network: watched(onTrusted), tokens, userAgent }),
  }
}
