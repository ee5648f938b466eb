import type { DeviceCodeRequest } from '@azure/msal-node'
import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import { stopped } from '../../stopped.ts'
import { type EntraDeps, entraClient } from './entraClient.ts'
import { withToken } from './tokens.ts'

/** What a person needs to sign in elsewhere. The code is made to be read out; it is worth nothing without the person's own sign-in. */
export interface DeviceCodePrompt {
  readonly userCode: string
  /** The page to enter it on. */
  readonly page: string
  /** ISO 8601, UTC. */
  readonly until: string
}

export interface SignedIn {
  /** User principal name. */
  readonly user: string
  /** Id. */
  readonly tenant: string
  readonly accessToken: string
  /** Absent where the tenant gives none. */
  readonly refreshToken?: string
}

export interface DeviceSignIn {
  /** Id or domain; `organizations` for whichever is the person's own. */
  readonly tenant: string
  /** Of a public client. */
  readonly clientId: string
  readonly scopes: readonly string[]
}

/** Whoever will enter the code is not known before. */
const somebody = 'whoever enters the code'

/**
 * Signs a person in who enters a code on Microsoft's own page, in whatever browser (RFC 8628). Waits until that is done.
 * Throws `signIn.*`, `permission.graph`, `application.unknown`, `tenant.notFound`, `host.*`, `tls.*`, `server.*`, `stopped`.
 */
export async function signInByDeviceCode(
  deps: EntraDeps,
  { tenant, clientId, scopes }: DeviceSignIn,
  show: (prompt: DeviceCodePrompt) => void,
  signal: AbortSignal,
): Promise<SignedIn> {
  const entra = entraClient(deps, { tenant, user: somebody, secrets: [] })
  return entra.ask(async configuration => {
    const { PublicClientApplication } = await import('@azure/msal-node')
    const client = new PublicClientApplication({ ...configuration, auth: { ...configuration.auth, clientId } })
    const request: DeviceCodeRequest = {
      scopes: [...scopes],
      deviceCodeCallback({ userCode, verificationUri, expiresIn }) {
        // MSAL takes a refusal for a code without one. The network remembers what was refused, and that is what is thrown.
        if (userCode === undefined) throw new Error('no code')
        show({ userCode, page: verificationUri, until: new Date(Date.now() + expiresIn * 1000).toISOString() })
      },
    }
    const onAbort = (): void => {
      request.cancel = true
    }
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      const result = withToken(await client.acquireTokenByDeviceCode(request), entra.host)
      const refreshToken = refreshTokenIn(client.getTokenCache().serialize())
      return {
        user: result.account?.username ?? '',
        tenant: result.tenantId,
        accessToken: result.accessToken,
        ...(refreshToken === undefined ? {} : { refreshToken }),
      }
    } catch (error) {
      if (signal.aborted) throw stopped(signal, 'signing in')
      throw isCodeExpired(error)
        ? new MailferryError('signIn.expired', { host: entra.host, user: somebody, response: 'nobody entered the code in time' })
        : error
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  })
}

const isCodeExpired = (error: unknown): boolean =>
  error instanceof Error && 'errorCode' in error && error.errorCode === 'device_code_expired'

const cacheSchema = z.object({ RefreshToken: z.record(z.string(), z.object({ secret: z.string() })).optional() })

/** MSAL keeps the refresh token to itself; its cache, as it is written for other processes, has it. */
function refreshTokenIn(cache: string): string | undefined {
  const { RefreshToken = {} } = cacheSchema.parse(JSON.parse(cache))
  return Object.values(RefreshToken)[0]?.secret
}
