import type { Check } from '../../mailServer.ts'
import { libraryText, typedCall } from '../library/typedEws.ts'
import { EwsRefusal } from '../soap/ewsRefusal.ts'
import { describeVersion } from './serverVersion.ts'
import { blames, fail, ourError, type Reaching } from './verifying.ts'

/** Checks `address`, `tls`, `signIn` and `version` by one request; answers the server's build, empty where it isn't told. */
export async function* checkSignIn(reaching: Reaching, tls: () => string | undefined): AsyncGenerator<Check, string | undefined> {
  const { url, admin } = reaching
  const host = new URL(url).hostname
  const version = await hello(reaching).catch((error: unknown) => ourError(error, reaching, 'ResolveNames', host))
  const failure = typeof version === 'string' ? undefined : version
  const where = failure && blames(failure, 'signIn')
  if (failure && where === 'address') return yield* fail('address', url, failure)
  yield { name: 'address', state: 'passed', detail: url }
  if (failure && where === 'tls') return yield* fail('tls', host, failure)
  yield { name: 'tls', state: 'passed', detail: tls() ?? 'not told' }
  if (failure && where === 'signIn') return yield* fail('signIn', `as ${admin.user}, by ${admin.method}`, failure)
  yield { name: 'signIn', state: 'passed', detail: `as ${admin.user}, by ${admin.method}` }
  if (typeof version !== 'string') return undefined
  yield version === ''
    ? { name: 'version', state: 'skipped', detail: 'the server doesn’t tell' }
    : { name: 'version', state: 'passed', detail: describeVersion(version) }
  return version
}

/** The build that answers a question anybody may ask; a refusal is an answer as well. Empty where it isn't told. */
async function hello({ transport, call, admin }: Reaching): Promise<string> {
  try {
    const { serverVersion } = await typedCall(transport, call, (service, { ResolveNameSearchLocation }) =>
      service.ResolveName(libraryText(admin.user), ResolveNameSearchLocation.DirectoryOnly, false),
    )
    return serverVersion ?? ''
  } catch (error) {
    if (error instanceof EwsRefusal) return error.serverVersion ?? ''
    throw error
  }
}
