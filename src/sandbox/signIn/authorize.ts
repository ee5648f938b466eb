import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Account } from './accounts.ts'
import { type NtlmServer, type NtlmState, type SignInPlace, signInNtlm } from './ntlm/signInNtlm.ts'

/** Which ways to sign in the organisation's virtual directory offers. All may be switched at run time. */
export interface SignInMethods {
  basic: boolean
  ntlm: boolean
  /** Access tokens taken, each with the account it stands for. */
  readonly tokens: Map<string, Account>
}

export type Authorization =
  | { readonly kind: 'signedIn'; readonly account: Account }
  /** Answer 401 with these `WWW-Authenticate` values. */
  | { readonly kind: 'challenged'; readonly challenges: readonly string[] }

interface ConnectionState extends NtlmState {
  account?: Account
}

export type Authorizer = (request: IncomingMessage, place: SignInPlace) => Authorization

/** Signs requests in as IIS does: by each request's own header, or by the connection that NTLM has signed in. */
export function createAuthorizer(server: NtlmServer, methods: SignInMethods): Authorizer {
  const states = new WeakMap<Socket, ConnectionState>()

  const challenged = (): Authorization => ({
    kind: 'challenged',
    challenges: [
      ...(methods.ntlm ? ['Negotiate', 'NTLM'] : []),
      ...(methods.basic ? [`Basic realm="${server.computer.toLowerCase()}.${server.dnsDomain}"`] : []),
      ...(methods.tokens.size > 0 ? ['Bearer'] : []),
    ],
  })
  const signedIn = (account: Account | undefined): Authorization => (account === undefined ? challenged() : { kind: 'signedIn', account })

  return (request, place) => {
    const state = states.get(request.socket) ?? {}
    states.set(request.socket, state)
    const [scheme = '', credentials = ''] = (request.headers.authorization ?? '').split(/ +/, 2)
    if (scheme === '') return signedIn(state.account)
    delete state.account
    switch (scheme.toLowerCase()) {
      case 'basic':
        return methods.basic ? signedIn(signInBasic(server, credentials, place.path)) : challenged()
      case 'bearer':
        return signedIn(signInBearer(server, methods, credentials, place.path))
      case 'ntlm':
      case 'negotiate': {
        if (!methods.ntlm) return challenged()
        const step = signInNtlm(server, state, Buffer.from(credentials, 'base64'), place)
        if (step.kind === 'challenge') return { kind: 'challenged', challenges: [`${scheme} ${step.token.toString('base64')}`] }
        if (step.account !== undefined) state.account = step.account
        return signedIn(step.account)
      }
      default:
        return challenged()
    }
  }
}

/** RFC 7617. Passwords outside ASCII are taken in UTF-8. */
function signInBasic({ accounts }: NtlmServer, credentials: string, path: string): Account | undefined {
  const [, user = '', password = ''] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? []
  return accounts.tryOut({ method: 'basic', user, path }, account => (account.password === password ? 'accepted' : 'wrongPassword'))
}

function signInBearer({ accounts }: NtlmServer, { tokens }: SignInMethods, token: string, path: string): Account | undefined {
  const account = tokens.get(token)
  if (account === undefined) accounts.note({ method: 'bearer', user: '', path, outcome: 'unknownToken' })
  else accounts.note({ method: 'bearer', user: '', path, outcome: 'accepted' })
  return account
}
