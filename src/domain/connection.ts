import type { ConnectionId } from './ids.ts'

export type Role = 'source' | 'target'
export type Kind = 'exchange' | 'office365' | 'imap'

/** How TLS is had. `none` sends everything readable, so it is only taken together with `allowPlaintext`. */
export type TlsMode = 'implicit' | 'starttls' | 'none'

export interface ImapServer {
  readonly host: string
  readonly port: number
  readonly tls: TlsMode
  /** The person's explicit consent to `tls: 'none'`. */
  readonly allowPlaintext?: boolean
  /** SHA-256 of the server's certificate (DER), lower-case hexadecimal: trusted whatever else is said of it. */
  readonly fingerprint?: string
  /** A PEM file with the authorities to trust beside the system's. */
  readonly caFile?: string
  /** COMPRESS=DEFLATE (RFC 4978), where the network and not the processor is what is short. */
  readonly compress?: boolean
}

/**
 * Whose sign-in opens a mailbox.
 * `mailbox`: each mailbox has its own user and password, from a CSV. `admin`: one account acts for everybody,
 * by SASL PLAIN's authorization id (RFC 4616) or Dovecot's `user*master`. `token`: each mailbox has its own OAuth 2.0 access token.
 */
export type ImapSignIn =
  | { readonly method: 'mailbox' }
  | { readonly method: 'admin'; readonly user: string; readonly actAs: 'authzid' }
  | { readonly method: 'admin'; readonly user: string; readonly actAs: 'separator'; readonly separator: string }
  | { readonly method: 'token'; readonly mechanism?: 'XOAUTH2' | 'OAUTHBEARER' }

export interface ImapSettings {
  readonly kind: 'imap'
  readonly server: ImapServer
  readonly signIn: ImapSignIn
}

export type ExchangeServer =
  | { readonly by: 'autodiscover'; readonly domain: string }
  | { readonly by: 'host'; readonly host: string }
  | { readonly by: 'url'; readonly url: string }

export interface ExchangeSettings {
  readonly kind: 'exchange'
  readonly server: ExchangeServer
  readonly admin: { readonly user: string; readonly method: 'basic' | 'ntlm' | 'bearer'; readonly access: 'impersonation' | 'delegate' }
}

export interface Office365Settings {
  readonly kind: 'office365'
  readonly signIn:
    | { readonly method: 'admin'; readonly user: string }
    | { readonly method: 'application'; readonly tenant: string; readonly clientId: string; readonly credential: 'secret' | 'certificate' }
}

export type ConnectionSettings = ImapSettings | ExchangeSettings | Office365Settings

/** What the last successful verification learned; staleness is found by comparison with this, never with what was typed. */
export interface Recorded {
  /** ISO 8601, UTC. */
  readonly at: string
  /** What the connection really leads to: tenant id, Exchange's DeploymentId, IMAP's host and login. */
  readonly organisation: string
  readonly acceptedDomains?: readonly string[]
  readonly adminAddress?: string
  readonly serverVersion?: string
}

export type StaleReason = 'adminAddressChanged' | 'signInRefusedDomainGone' | 'addressMoved' | 'declared'

/** A secret that a server refused: nobody tries it by itself again. */
export interface RefusedSignIn {
  readonly user: string
  /** ISO 8601, UTC. A secret given later may be tried. */
  readonly at: string
}

/** What is known of a connection's fitness. Each state has what can be said in it, and nothing else. */
export type Verification =
  | { readonly state: 'unverified' }
  | { readonly state: 'verified'; readonly recorded: Recorded }
  | { readonly state: 'stale'; readonly recorded: Recorded; readonly reason: StaleReason; readonly detail: string; readonly since: string }
  | { readonly state: 'credentialsNeeded'; readonly recorded?: Recorded; readonly refused: readonly RefusedSignIn[] }
  | { readonly state: 'unreachable'; readonly recorded?: Recorded; readonly since: string; readonly cause: string }

export interface Connection<Settings extends ConnectionSettings = ConnectionSettings> {
  readonly id: ConnectionId
  readonly name: string
  readonly role: Role
  readonly settings: Settings
  readonly verification: Verification
}
