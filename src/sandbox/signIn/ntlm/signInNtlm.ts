import { randomBytes } from 'node:crypto'
import type { Account, Accounts } from '../accounts.ts'
import { challengeMessage, messageType, readAuthenticate } from './messages.ts'
import { type Binding, verifyNtlm } from './verify.ts'

/** What one connection has said so far: NTLM signs in the connection, not the request (RFC 4559, 6). */
export interface NtlmState {
  pending?: { readonly negotiate: Buffer; readonly challenge: Buffer; readonly challengeMessage: Buffer }
}

export interface NtlmServer<Found extends Account> {
  readonly accounts: Accounts<Found>
  /** NetBIOS name of the domain. */
  readonly domain: string
  readonly computer: string
  readonly dnsDomain: string
  readonly now: () => Date
}

/** Where a request came in. */
export interface SignInPlace {
  readonly path: string
  readonly binding: Binding
}

export type NtlmStep<Found extends Account> =
  | { readonly kind: 'challenge'; readonly token: Buffer }
  | { readonly kind: 'done'; readonly account: Found | undefined }

/** One message of the client; each challenge is good for one answer. */
export function signInNtlm<Found extends Account>(
  server: NtlmServer<Found>,
  state: NtlmState,
  message: Buffer,
  { path, binding }: SignInPlace,
): NtlmStep<Found> {
  if (messageType(message) === 1) {
    const challenge = randomBytes(8)
    const token = challengeMessage({
      challenge,
      domain: server.domain,
      computer: server.computer,
      dnsDomain: server.dnsDomain,
      dnsComputer: `${server.computer.toLowerCase()}.${server.dnsDomain}`,
      now: server.now(),
    })
    state.pending = { negotiate: message, challenge, challengeMessage: token }
    return { kind: 'challenge', token }
  }
  const { pending } = state
  delete state.pending
  const authenticate = messageType(message) === 3 ? readAuthenticate(message) : undefined
  if (pending === undefined || authenticate === undefined) {
    server.accounts.note({ method: 'ntlm', user: '', path, outcome: 'malformed' })
    return { kind: 'done', account: undefined }
  }
  const user = authenticate.domain === '' ? authenticate.user : `${authenticate.domain}\\${authenticate.user}`
  const account = server.accounts.tryOut({ method: 'ntlm', user, path }, ({ password }) =>
    verifyNtlm({ ...pending, authenticate }, password, binding),
  )
  return { kind: 'done', account }
}
