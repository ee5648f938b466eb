import type { ConnectionId } from './ids.ts'
import type { StoredError } from './pair.ts'

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

/**
 * Where EWS is. `autodiscover`: as Exchange's own clients find it, for an address of the domain; `at` is the Autodiscover server (`host` or `host:port`) to ask first where DNS
 * doesn't lead to it (split DNS, a test network). `host`: EWS under its usual path there. `url`: exactly this one.
 */
export type ExchangeServer =
  | { readonly by: 'autodiscover'; readonly domain: string; readonly at?: string }
  | { readonly by: 'host'; readonly host: string }
  | { readonly by: 'url'; readonly url: string }

/** What is trusted beside the system's authorities. Several certificates, since Autodiscover and EWS may lie on different hosts. */
export interface ExchangeTrust {
  /** SHA-256 of certificates (DER), lower-case hexadecimal. */
  readonly fingerprints?: readonly string[]
  /** A PEM file with the authorities to trust beside the system's. */
  readonly caFile?: string
  /** The person's consent to TLS 1.0 and 1.1, which Exchange 2010 may know nothing above. */
  readonly allowOldTls?: boolean
}

export interface ExchangeSettings {
  readonly kind: 'exchange'
  readonly server: ExchangeServer
  readonly trust?: ExchangeTrust
  /** `user`: UPN, e-mail address or `DOMAIN\\user`. `access`: by the role ApplicationImpersonation, or by full access to each mailbox. */
  readonly admin: { readonly user: string; readonly method: 'basic' | 'ntlm' | 'bearer'; readonly access: 'impersonation' | 'delegate' }
}

/** Microsoft's national clouds (GCC High, DoD, and the one that 21Vianet operates): each has its own endpoints, and tenants never leave theirs. */
export type Office365Cloud = 'global' | 'usGov' | 'usGovDoD' | 'china'

/**
 * `admin`: what an administrator may do himself, by a refresh token of the public client `clientId`, or, without one, by an access token that the
 * editor's own Microsoft sign-in gave. `application`: a registered application (tenant id or one of its domains, client id), which opens everybody's mailbox.
 */
export type Office365SignIn =
  | { readonly method: 'admin'; readonly user: string; readonly clientId?: string }
  | { readonly method: 'application'; readonly tenant: string; readonly clientId: string; readonly credential: 'secret' | 'certificate' }

export interface Office365Settings {
  readonly kind: 'office365'
  /** `global` unless said. */
  readonly cloud?: Office365Cloud
  /** Other endpoints than the cloud's own, for a test network: origins, as `https://login.example:8443`. */
  readonly at?: { readonly login: string; readonly graph: string; readonly outlook?: string | undefined }
  readonly trust?: {
    /** A PEM file with the authorities to trust beside the system's. */
    readonly caFile?: string
  }
  readonly signIn: Office365SignIn
  /**
   * Mail by EWS instead of Graph, for a tenant that still allows it. Exchange Online has been blocking EWS since 1 October 2026 where the tenant didn't ask
   * otherwise, and ends it on 1 April 2027.
   */
  readonly ews?: true
}

export type ConnectionSettings = ImapSettings | ExchangeSettings | Office365Settings

/** When what an application signs in with ends. */
export interface Expiry {
  readonly what: 'certificate' | 'secret'
  /** ISO 8601, UTC. */
  readonly at: string
}

/** What the last successful verification learned; staleness is found by comparison with this, never with what was typed. */
export interface Recorded {
  /** ISO 8601, UTC. */
  readonly at: string
  /** What the connection really leads to: tenant id, Exchange's DeploymentId, IMAP's host and login. */
  readonly organisation: string
  readonly acceptedDomains?: readonly string[]
  readonly adminAddress?: string
  readonly serverVersion?: string
  /** Where requests went (Exchange: the EWS URL): the only address that a check may send a secret to. */
  readonly address?: string
  /** When an application's certificate or secret ends, where that is known. */
  readonly expires?: Expiry
  /** The host that unauthenticated discovery led to, to be compared with where it leads later. */
  readonly discovered?: string
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
  | {
      readonly state: 'stale'
      readonly recorded: Recorded
      readonly reason: StaleReason
      readonly detail: string
      readonly since: string
      /** Secrets that were refused before or since. */
      readonly refused?: readonly RefusedSignIn[]
    }
  | { readonly state: 'credentialsNeeded'; readonly recorded?: Recorded; readonly refused: readonly RefusedSignIn[] }
  /** `error`: the cause as its code, for whoever words it in another language; older entries have the words alone. */
  | {
      readonly state: 'unreachable'
      readonly recorded?: Recorded
      readonly since: string
      readonly cause: string
      readonly error?: StoredError
    }

export interface Connection<Settings extends ConnectionSettings = ConnectionSettings> {
  readonly id: ConnectionId
  readonly name: string
  readonly role: Role
  readonly settings: Settings
  readonly verification: Verification
}
