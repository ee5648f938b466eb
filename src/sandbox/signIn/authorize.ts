import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Account } from './accounts.ts'
import { type NtlmServer, type NtlmState, type SignInPlace, signInNtlm } from './ntlm/signInNtlm.ts'

/** Which ways to sign in the organisation's virtual directory offers. All may be switched at run time. */
export interface SignInMethods<Found extends Account> {
  basic: boolean
  ntlm: boolean
  /** Access tokens taken, each with the account it stands for. */
  readonly tokens: Map<string, Found>
  /** Who a token stands for that isn't among them, such as one that Entra issued. */
  readonly checkToken: ((token: string) => Found | undefined) | undefined
}

export type Authorization<Found extends Account> =
  | { readonly kind: 'signedIn'; readonly account: Found }
  /** Answer 401 with these `WWW-Authenticate` values. */
  | { readonly kind: 'challenged'; readonly challenges: readonly string[] }

interface ConnectionState<Found extends Account> extends NtlmState {
  account?: Found
}

export type Authorizer<Found extends Account> = (request: IncomingMessage, place: SignInPlace) => Authorization<Found>

/** Signs requests in as IIS does: by each request's own header, or by the connection that NTLM has signed in. */
export function createAuthorizer<Found extends Account>(server: NtlmServer<Found>, methods: SignInMethods<Found>): Authorizer<Found> {
  const states = new WeakMap<Socket, ConnectionState<Found>>()

  const challenged = (): Authorization<Found> => ({
    kind: 'challenged',
    challenges: [
      ...(methods.ntlm ? ['Negotiate', 'NTLM'] : []),
      ...(methods.basic ? [`Basic realm="${server.computer.toLowerCase()}.${server.dnsDomain}"`] : []),
      ...(methods.tokens.size > 0 || methods.checkToken ? ['Bearer'] : []),
    ],
  })
  const signedIn = (account: Found | undefined): Authorization<Found> =>
    account === undefined ? challenged() : { kind: 'signedIn', account }

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
function signInBasic<Found extends Account>({ accounts }: NtlmServer<Found>, credentials: string, path: string): Found | undefined {
  const [, user = '', password = ''] = /^([^:]*):([\s\S]*)$/.exec(Buffer.from(credentials, 'base64').toString('utf8')) ?? []
  return accounts.tryOut({ method: 'basic', user, path }, account => (account.password === password ? 'accepted' : 'wrongPassword'))
}

function signInBearer<Found extends Account>(
  { accounts }: NtlmServer<Found>,
  { tokens, checkToken }: SignInMethods<Found>,
  token: string,
  path: string,
): Found | undefined {
  const account = tokens.get(token) ?? checkToken?.(token)
  accounts.note({ method: 'bearer', user: '', path, outcome: account === undefined ? 'unknownToken' : 'accepted' })
  return account
}
