import type { Office365Cloud } from '../domain/connection.ts'

export interface MicrosoftWish {
  readonly cloud: Office365Cloud
  /** Id or domain; the person's own unless said. */
  readonly tenant?: string
  /** The public client to sign in with: VS Code's own may not have what registering takes. */
  readonly clientId: string
  readonly scopes: readonly string[]
}

export interface MicrosoftSession {
  readonly token: string
  /** As VS Code calls the account: the user principal name. */
  readonly user: string
}

/** Signs a person in with VS Code's own Microsoft account support. Throws what the provider does, also where the person declines. */
export type MicrosoftSignIn = (wish: MicrosoftWish) => Promise<MicrosoftSession>

/** Of VS Code's `authentication`. */
export type GetSession = (
  provider: string,
  scopes: readonly string[],
  options: { readonly createIfNone: true; readonly clearSessionPreference: true },
) => PromiseLike<{ readonly accessToken: string; readonly account: { readonly label: string } }>

/** VS Code's providers take the client and the tenant as scopes of their own form. Which account it is, is asked each time. */
export const createMicrosoftSignIn =
  (getSession: GetSession): MicrosoftSignIn =>
  async ({ cloud, tenant = 'organizations', clientId, scopes }) => {
    const provider = cloud === 'global' ? 'microsoft' : 'microsoft-sovereign-cloud'
    const asked = [...scopes, `VSCODE_CLIENT_ID:${clientId}`, `VSCODE_TENANT:${tenant}`]
    const { accessToken, account } = await getSession(provider, asked, { createIfNone: true, clearSessionPreference: true })
    return { token: accessToken, user: account.label }
  }
