import type { Connection, ExchangeSettings } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import { recordedIn } from '../../domain/refusedSignIns.ts'
import type { Network } from '../http/connectSocket.ts'
import { type Resolver, systemResolver } from '../http/resolver.ts'
import type { SecretSource } from '../secretSource.ts'
import type { SignInGuard } from '../signInGuard.ts'
import { trustOf } from '../tls/trust.ts'
import { type Discovered, discover } from './autodiscover/discover.ts'
import type { Asking } from './autodiscover/fetchOnce.ts'
import { type Directory, openDirectory } from './directory/directory.ts'
import { credentialsFor } from './signIn/credentials.ts'
import { type SignIn, signInWith } from './signIn/signIn.ts'
import { type EwsTransport, ewsTransport } from './transport/ewsTransport.ts'

export interface AccessDeps {
  readonly connection: Connection<ExchangeSettings>
  readonly secrets: SecretSource
  /** Name and version, for the user agent: `Mailferry/1.0`. */
  readonly clientInfo?: { readonly name: string; readonly version: string }
  /** Where names lead; DNS unless told. */
  readonly resolver?: Resolver
}

/** The ways to a connection's servers, each with its trust and its sign-in. */
export interface Access {
  readonly connection: Connection<ExchangeSettings>
  /** Asks for the secret. Throws `secret.missing`, `secret.source`. */
  signIn(guard: SignInGuard): Promise<SignIn>
  transport(
    url: string,
    signIn: SignIn,
    options?: { readonly connections?: number; readonly onTrusted?: Network['onTrusted'] },
  ): EwsTransport
  /** The Autodiscover beside EWS at an address. */
  directory(ewsUrl: string, signIn: SignIn): Directory
  /** What discovery without credentials needs. */
  asking(signal: AbortSignal): Asking
  /** Signs in to find the EWS address of somebody. Throws as `discover` does. */
  discover(address: string, signIn: SignIn, signal: AbortSignal): Promise<Discovered>
  /** Where EWS is, as a person said or as it was recorded; nothing where it has to be discovered. */
  readonly knownUrl: string | undefined
}

export function accessTo({ connection, secrets, clientInfo, resolver = systemResolver }: AccessDeps): Access {
  const { server, trust, admin } = connection.settings
  const network: Network = { resolver, trust: trustOf(trust ?? {}), fingerprints: trust?.fingerprints ?? [] }
  const userAgent = `${clientInfo?.name ?? 'Mailferry'}/${clientInfo?.version ?? ''}`
  const transport: Access['transport'] = (url, signIn, { connections, onTrusted } = {}) =>
    ewsTransport({
      url,
      network: onTrusted ? { ...network, onTrusted } : network,
      signIn,
      userAgent,
      ...(connections !== undefined && { connections }),
    })
  return {
    connection,
    signIn: async guard => signInWith(credentialsFor(admin, await secrets.secretFor(), connection.name), guard),
    transport,
    directory: (ewsUrl, signIn) => openDirectory(new URL(ewsUrl).host, url => transport(url, signIn)),
    asking: signal => ({ network, userAgent, signal }),
    discover(address, signIn, signal) {
      if (server.by !== 'autodiscover') throw new MailferryError('internal', { detail: 'nothing is to be discovered' })
      return discover({ network, userAgent, signal, own: server, signIn }, address)
    },
    knownUrl: typedUrl(server) ?? recordedIn(connection.verification)?.address,
  }
}

/** The EWS address that a person gave; nothing where it is to be discovered. */
export function typedUrl(server: Exclude<ExchangeSettings['server'], { by: 'autodiscover' }>): string
export function typedUrl(server: ExchangeSettings['server']): string | undefined
export function typedUrl(server: ExchangeSettings['server']): string | undefined {
  if (server.by === 'url') return server.url
  return server.by === 'host' ? `https://${server.host}/EWS/Exchange.asmx` : undefined
}
