import type { Configuration } from '@azure/msal-node'
import { MailferryError } from '../../../domain/errors.ts'
import type { Network } from '../../http/connectSocket.ts'
import { entraError } from './entraError.ts'
import { entraNetwork } from './entraNetwork.ts'

export interface EntraDeps {
  /** The connection's name, for errors. */
  readonly connection: string
  /** Origin of the sign-in service. */
  readonly login: string
  readonly network: Network
  readonly userAgent: string
}

/** Entra ID as one sign-in asks it, through MSAL. */
export interface EntraClient {
  readonly host: string
  /** Runs something of MSAL's, its errors as ours. One at a time. */
  ask<Result>(run: (configuration: Pick<Configuration, 'auth' | 'system'>) => Promise<Result>): Promise<Result>
}

/** `tenant`: id or domain, or `organizations`. */
export function entraClient(
  { login, network, userAgent }: EntraDeps,
  asked: { readonly tenant: string; readonly user: string; readonly secrets: readonly string[] },
): EntraClient {
  const { host, hostname } = new URL(login)
  const wire = entraNetwork(network, userAgent)
  const authority = `${login}/${encodeURIComponent(asked.tenant)}`
  const configuration = {
    auth: {
      clientId: '',
      authority,
      // The endpoints are told, so that MSAL asks nobody where they are, and never another host.
      knownAuthorities: [host],
      authorityMetadata: JSON.stringify({
        authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
        token_endpoint: `${authority}/oauth2/v2.0/token`,
        device_authorization_endpoint: `${authority}/oauth2/v2.0/devicecode`,
        issuer: `${authority}/v2.0`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
      }),
    },
    system: { networkClient: wire, disableInternalRetries: true, loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false } },
  }
  return {
    host: hostname,
    async ask(run) {
      try {
        return await run(configuration)
      } catch (error) {
        if (error instanceof MailferryError) throw error
        const failure = wire.failure()
        if (failure === undefined)
          throw new MailferryError('server.protocol', { host: hostname, detail: `its answer is no token (${nameOf(error)})` })
        throw failure instanceof MailferryError ? failure : entraError(failure, { host: hostname, ...asked })
      }
    },
  }
}

/** MSAL's own short code; its messages may repeat what was sent. */
const nameOf = (error: unknown): string =>
  error instanceof Error && 'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : 'unknown'
