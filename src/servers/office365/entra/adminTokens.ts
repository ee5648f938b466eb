import type { PublicClientApplication } from '@azure/msal-node'
import type { Office365SignIn } from '../../../domain/connection.ts'
import { MailferryError } from '../../../domain/errors.ts'
import type { Secret } from '../../secretSource.ts'
import { type SignInGuard, secretUse } from '../../signInGuard.ts'
import { type EntraDeps, entraClient } from './entraClient.ts'
import { givenToken, sharedTokens, type Tokens, withToken } from './tokens.ts'

type AdminSignIn = Extract<Office365SignIn, { method: 'admin' }>

/** Any tenant's, but no personal account. The token tells which tenant it is. */
export const anyTenant = 'organizations'

/** Tokens of a person who signed in before: by a refresh token where the connection names a client, else the access token itself. Throws `secret.missing`. */
export function adminTokens(
  deps: EntraDeps,
  { user, clientId }: AdminSignIn,
  secret: Secret,
  guard: SignInGuard,
  scopes: readonly string[],
): Tokens {
  if (!('token' in secret)) throw new MailferryError('secret.missing', { connection: deps.connection })
  if (clientId === undefined) return givenToken(user, secret.token)
  const secrets = [secret.token]
  const use = secretUse(user, 'refreshToken', secrets)
  const entra = entraClient(deps, { tenant: anyTenant, user, secrets })
  let client: Promise<PublicClientApplication> | undefined
  let good: { readonly token: string; readonly until: number } | undefined
  return sharedTokens({
    use,
    secrets,
    async acquire(again) {
      if (good !== undefined && !again && Date.now() < good.until) return good.token
      good = await guard.attempt(use, () =>
        entra.ask(async configuration => {
          client ??= import('@azure/msal-node').then(
            msal => new msal.PublicClientApplication({ ...configuration, auth: { ...configuration.auth, clientId } }),
          )
          // A refresh token stays good when another is issued beside it, so the one that was given is all that is kept.
          const result = await (await client).acquireTokenByRefreshToken({
            refreshToken: secret.token,
            scopes: [...scopes],
            forceCache: false,
          })
          const { accessToken, expiresOn } = withToken(result, entra.host)
          return { token: accessToken, until: (expiresOn?.getTime() ?? 0) - renewBefore }
        }),
      )
      return good.token
    },
  })
}

const renewBefore = 300_000
