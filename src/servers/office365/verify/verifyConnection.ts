import { isError } from '../../../domain/errors.ts'
import type { Check } from '../../mailServer.ts'
import type { SignInGuard } from '../../signInGuard.ts'
import type { Access } from '../access.ts'
import { tenantId } from '../directory/tenantId.ts'
import { whoSignsIn } from '../directory/whoSignsIn.ts'
import { tokenClaims } from '../entra/tokenClaims.ts'
import type { Tokens } from '../entra/tokens.ts'
import { checkDirectory } from './checkDirectory.ts'
import { checkEws } from './checkEws.ts'
import { checkExpiry } from './checkExpiry.ts'
import { checkMailbox } from './checkMailbox.ts'
import { checkPermissions } from './checkPermissions.ts'
import { blames, fail, type Learned, ourError, type Verifying } from './verifying.ts'

/** Checks a connection from the bottom up with a single sign-in, and stops where going on would make no sense. */
export async function* verifyConnection(
  access: Access,
  guard: SignInGuard,
  signal: AbortSignal,
  mailbox: string | undefined,
): AsyncGenerator<Check, Learned | undefined> {
  const { connection, endpoints, user } = access
  const { signIn } = connection.settings
  const login = new URL(endpoints.login).host
  const who = signIn.method === 'admin' ? `as ${user}` : `as the application ${user} in ${signIn.tenant}, by ${signIn.credential}`
  let tls: string | undefined
  const onTrusted = (_host: string, described: string) => {
    tls ??= described
  }

  const signedIn = await token(access, guard, signal, onTrusted).catch(ourError)
  const failure = isError(signedIn) ? signedIn : undefined
  const where = failure && blames(failure, 'signIn')
  if (failure && where === 'address') return yield* fail('address', login, failure)
  if (!failure || where !== 'signIn' || !failure.code.startsWith('secret.')) yield { name: 'address', state: 'passed', detail: login }
  if (failure && where === 'tls') return yield* fail('tls', login, failure)
  if (tls !== undefined) yield { name: 'tls', state: 'passed', detail: tls }
  if (failure) return yield* fail(where === 'organisation' ? 'organisation' : 'signIn', who, failure)
  if (isError(signedIn)) return undefined
  yield { name: 'signIn', state: 'passed', detail: who }

  await using graph = access.graph(signedIn.tokens, onTrusted)
  const context = { host: new URL(endpoints.graph).host, connection: connection.name, user }
  const verifying: Verifying = {
    access,
    asking: { graph, context, signal },
    claims: tokenClaims(signedIn.token),
    signal,
    mailbox,
  }
  try {
    const organisation = await tenantId(verifying.asking, verifying.claims)
    yield { name: 'organisation', state: 'passed', detail: `tenant ${organisation}` }
    const { check: expiry, expires } = await checkExpiry(verifying, signedIn.certificateUntil)
    yield expiry
    const permitted = yield* checkPermissions(verifying)
    if (!permitted) return undefined
    const adminAddress = await whoSignsIn(verifying.asking, signIn)
    const directory = yield* checkDirectory(verifying)
    if (directory === undefined) return undefined
    // Somebody signed in himself opens his own mailbox for certain, and others' only where he was given access.
    const own = signIn.method === 'admin' && adminAddress !== undefined ? { address: adminAddress } : undefined
    const someone = own ?? directory.someMailbox
    const opened = yield* connection.settings.ews ? checkEws(verifying, guard, someone) : checkMailbox(verifying, someone)
    if (!opened) return undefined
    yield {
      name: 'quota',
      state: 'passed',
      detail:
        'kept below what Microsoft publishes: 10,000 requests in 10 minutes, 150 MB in 5 minutes and 4 requests at once for each mailbox',
    }
    const { domains } = directory
    return {
      organisation,
      address: endpoints.graph,
      ...(domains !== undefined && { acceptedDomains: domains }),
      ...(adminAddress !== undefined && { adminAddress }),
      ...(expires !== undefined && { expires }),
    }
  } catch (error) {
    const late = ourError(error)
    return yield* fail(blames(late, 'organisation'), context.host, late)
  }
}

interface SignedIn {
  readonly tokens: Tokens
  readonly token: string
  readonly certificateUntil: Date | undefined
}

async function token(
  access: Access,
  guard: SignInGuard,
  signal: AbortSignal,
  onTrusted: (host: string, described: string) => void,
): Promise<SignedIn> {
  const tokens = await access.tokens(guard, onTrusted)
  return { tokens, token: await tokens.token(signal), certificateUntil: await access.certificateUntil() }
}
