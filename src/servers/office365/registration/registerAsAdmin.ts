import type { Office365Settings, Role } from '../../../domain/connection.ts'
import type { Network } from '../../http/connectSocket.ts'
import { systemResolver } from '../../http/resolver.ts'
import { trustOf } from '../../tls/trust.ts'
import { endpointsOf } from '../clouds.ts'
import { tenantId } from '../directory/tenantId.ts'
import { anyTenant } from '../entra/adminTokens.ts'
import { type DeviceCodePrompt, type SignedIn, signInByDeviceCode } from '../entra/deviceCode.ts'
import type { EntraDeps } from '../entra/entraClient.ts'
import { tokenClaims } from '../entra/tokenClaims.ts'
import { givenToken } from '../entra/tokens.ts'
import type { Asking } from '../graph/ask.ts'
import { openGraph } from '../graph/openGraph.ts'
import { needsOf } from '../permissions.ts'
import { registrationScopes } from './plan.ts'
import { type Registered, registerApplication } from './registerApplication.ts'

/** A tenant's cloud, or what stands for it on a test network. */
export type Place = Pick<Office365Settings, 'cloud' | 'at' | 'trust'>

export interface AdminDeps {
  readonly place: Place
  /** For errors: the connection's name, or what it will be. */
  readonly connection: string
  readonly userAgent: string
  readonly signal: AbortSignal
}

/** Somebody who signed in elsewhere, or will by a code. */
export type AdminSignIn =
  | { readonly token: string; readonly user: string }
  | { readonly clientId: string; readonly tenant?: string; readonly show: (prompt: DeviceCodePrompt) => void }

const networkOf = ({ trust }: Place): Network => ({ resolver: systemResolver, trust: trustOf(trust ?? {}), fingerprints: [] })

/**
 * Signs in by a code for what a migration asks of one who is signed in himself; the refresh token is the connection's secret. Without the import and export API, which opens
 * nobody else's mailbox to a person. Throws as `signInByDeviceCode`.
 */
export function signInForMail(deps: AdminDeps, role: Role, signIn: Extract<AdminSignIn, { clientId: string }>): Promise<SignedIn> {
  const names = needsOf(role, false).flatMap(({ delegated: [least, ...others] }) => [
    least,
    ...others.filter(name => name === `${least}.Shared`),
  ])
  return byCode(deps, names, signIn)
}

/**
 * Registers an application as an administrator. Answers the tenant it is in beside what `registerApplication` does, and throws as that and
 * `signInByDeviceCode` do.
 */
export async function registerAsAdmin(
  deps: AdminDeps,
  signIn: AdminSignIn,
  wish: { readonly role: Role; readonly certificate: string; readonly fullFidelity: boolean },
): Promise<Registered & { readonly tenant: string }> {
  const { place, connection, userAgent, signal } = deps
  const { graph } = endpointsOf(place)
  const { token, user } = 'token' in signIn ? signIn : await signedIn(deps, signIn)
  await using transport = openGraph({ graph, network: networkOf(place), tokens: givenToken(user, token), userAgent })
  const asking: Asking = { graph: transport, context: { host: new URL(graph).host, connection, user }, signal }
  const { role, ...rest } = wish
  const tenant = await tenantId(asking, tokenClaims(token))
  return { ...(await registerApplication(asking, { role, cloud: place.cloud ?? 'global' }, rest)), tenant }
}

async function signedIn(deps: AdminDeps, signIn: Extract<AdminSignIn, { clientId: string }>) {
  const { accessToken, user } = await byCode(deps, registrationScopes, signIn)
  return { token: accessToken, user }
}

function byCode(
  { place, connection, userAgent, signal }: AdminDeps,
  names: readonly string[],
  { clientId, tenant = anyTenant, show }: Extract<AdminSignIn, { clientId: string }>,
): Promise<SignedIn> {
  const { login, graph } = endpointsOf(place)
  const deps: EntraDeps = { connection, login, network: networkOf(place), userAgent }
  return signInByDeviceCode(deps, { tenant, clientId, scopes: names.map(name => `${graph}/${name}`) }, show, signal)
}
