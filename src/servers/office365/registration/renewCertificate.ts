import { setTimeout as sleep } from 'node:timers/promises'
import { isError, MailferryError } from '../../../domain/errors.ts'
import { createSignInGuard } from '../../signInGuard.ts'
import { stopped } from '../../stopped.ts'
import { type AccessDeps, accessTo } from '../access.ts'
import { readCertificate } from '../entra/certificate.ts'
import { addKey, ownObjectId } from './addKey.ts'
import { type MadeCertificate, makeApplicationCertificate } from './makeCertificate.ts'

export type Renewed =
  | { readonly renewed: true; readonly certificate: MadeCertificate }
  /** The application can't give itself another certificate; whoever may change it can. */
  | { readonly renewed: false; readonly why: MailferryError }

export interface Renewing {
  /** Of the application object, where the tenant doesn't tell it. */
  readonly objectId?: string
  readonly signal: AbortSignal
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Called with what will be the secret, before the tenant hears of it: what fails here leaves nothing behind. */
  readonly beforeAdding?: (made: MadeCertificate) => Promise<void>
  /** Milliseconds between proofs. */
  readonly pauseMs?: number
}

const days = 365

/** What speaks against this way, and not against the connection. */
const refusals = ['permission.graph', 'server.refused', 'signIn.expired'] as const

/**
 * Gives an application another certificate, which it adds itself by the one that it signs in with, and proves that the tenant takes it. The former one stays good until somebody
 * removes it or it ends. Throws `usage` where it doesn't sign in by a certificate, `secret.*`, `signIn.*`, `host.*`, `tls.*`, `server.*`, `stopped`, and what `beforeAdding` does.
 */
export async function renewCertificate(deps: AccessDeps, renewing: Renewing): Promise<Renewed> {
  const { connection, secrets } = deps
  const { signIn } = connection.settings
  const secret = await secrets.secretFor()
  if (signIn.method !== 'application' || !('pem' in secret))
    throw new MailferryError('usage', { detail: `“${connection.name}” doesn’t sign in as an application by a certificate` })
  const current = readCertificate(secret.pem, connection.name)
  const access = accessTo(deps)
  const { objectId, signal, now, beforeAdding } = renewing
  const certificate = await makeApplicationCertificate('Mailferry', { days }, now)
  try {
    await using graph = access.graph(await access.tokens(createSignInGuard(connection.name)))
    const asking = {
      graph,
      context: { host: new URL(access.endpoints.graph).host, connection: connection.name, user: signIn.clientId },
      signal,
    }
    const id = objectId ?? (await ownObjectId(asking, signIn.clientId))
    await beforeAdding?.(certificate)
    await addKey(asking, id, { current, certificate: certificate.certificate, now })
  } catch (error) {
    if (isError(error, ...refusals)) return { renewed: false, why: error }
    throw error
  }
  await prove({ ...deps, secrets: { secretFor: async () => ({ pem: certificate.pem }) } }, renewing)
  return { renewed: true, certificate }
}

/** Tokens in a row, for Entra has many servers, and not all of them know of a certificate at once. */
const proofs = 3
const attempts = 60

/** Signs in by the new certificate until nothing speaks against it any more: whoever used it sooner would be told that it is wrong. */
async function prove(deps: AccessDeps, { signal, pauseMs = 2000 }: Renewing): Promise<void> {
  const access = accessTo(deps)
  for (let attempt = 1, inARow = 0; inARow < proofs; attempt += 1) {
    if (attempt > 1) {
      await sleep(pauseMs, undefined, { signal }).catch(() => {
        throw stopped(signal, 'renewing')
      })
    }
    try {
      // Each by itself: what was refused once may be taken now.
      await (await access.tokens(createSignInGuard(deps.connection.name))).token(signal)
      inARow += 1
    } catch (error) {
      if (attempt >= attempts || !isError(error, 'signIn.refused', 'server.busy', 'server.dropped', 'server.stalled')) throw error
      inARow = 0
    }
  }
}
