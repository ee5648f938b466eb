import type { ConfidentialClientApplication, NodeAuthOptions } from '@azure/msal-node'
import type { Office365SignIn } from '../../../domain/connection.ts'
import { MailferryError } from '../../../domain/errors.ts'
import type { Secret } from '../../secretSource.ts'
import { type SignInGuard, secretUse } from '../../signInGuard.ts'
import { readCertificate } from './certificate.ts'
import { type EntraDeps, entraClient } from './entraClient.ts'
import { sharedTokens, type Tokens, withToken } from './tokens.ts'

type ApplicationSignIn = Extract<Office365SignIn, { method: 'application' }>

/** Tokens of a registered application, by its secret or certificate (client credentials, RFC 6749 4.4). Throws `secret.missing`, `secret.source`. */
export function applicationTokens(
  deps: EntraDeps,
  { tenant, clientId, credential }: ApplicationSignIn,
  secret: Secret,
  guard: SignInGuard,
  scope: string,
): Tokens {
  const { connection } = deps
  const { auth, secrets } = credentials(credential, secret, connection)
  const use = secretUse(clientId, credential, secrets)
  let client: Promise<ConfidentialClientApplication> | undefined
  const entra = entraClient(deps, { tenant, user: clientId, secrets })
  return sharedTokens({
    use,
    secrets,
    acquire: again =>
      guard.attempt(use, () =>
        entra.ask(async configuration => {
          client ??= import('@azure/msal-node').then(
            msal => new msal.ConfidentialClientApplication({ ...configuration, auth: { ...configuration.auth, clientId, ...auth } }),
          )
          const result = await (await client).acquireTokenByClientCredential({ scopes: [scope], skipCache: again })
          return withToken(result, entra.host).accessToken
        }),
      ),
  })
}

function credentials(
  credential: ApplicationSignIn['credential'],
  secret: Secret,
  connection: string,
): { readonly auth: Partial<NodeAuthOptions>; readonly secrets: readonly string[] } {
  if (credential === 'secret' && 'password' in secret) return { auth: { clientSecret: secret.password }, secrets: [secret.password] }
  if (credential === 'certificate' && 'pem' in secret) {
    const { privateKey, certificate, thumbprint } = readCertificate(secret.pem, connection)
    return { auth: { clientCertificate: { privateKey, thumbprintSha256: thumbprint, x5c: certificate } }, secrets: [privateKey] }
  }
  throw new MailferryError('secret.missing', { connection })
}
