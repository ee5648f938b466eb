import { MailferryError } from '../../../domain/errors.ts'
import type { Check } from '../../mailServer.ts'
import type { SignInGuard } from '../../signInGuard.ts'
import type { Access } from '../access.ts'
import { checkMailbox } from './checkMailbox.ts'
import { checkOrganisation } from './checkOrganisation.ts'
import { checkSignIn } from './checkSignIn.ts'
import { findServer } from './findServer.ts'
import { liftThrottling } from './powerShell.ts'
import { blames, fail, type Learned, ourError, type Reaching, type Verifying } from './verifying.ts'

/** Checks a connection from the bottom up with a single sign-in, and stops where going on would make no sense. */
export async function* verifyConnection(
  access: Access,
  guard: SignInGuard,
  signal: AbortSignal,
  mailbox: string | undefined,
): AsyncGenerator<Check, Learned | undefined> {
  const { admin } = access.connection.settings
  const signIn = await access.signIn(guard).catch((error: unknown) => {
    if (error instanceof MailferryError) return error
    throw error
  })
  if (signIn instanceof MailferryError) return yield* fail('signIn', `as ${admin.user}`, signIn)
  const verifying: Verifying = { access, admin, signIn, signal, mailbox }

  const found = yield* findServer(verifying)
  if (found === undefined) return undefined
  let tls: string | undefined
  const onTrusted = (_host: string, described: string) => {
    tls = described
  }
  await using transport = access.transport(found.url, signIn, { onTrusted })
  await using directory = access.directory(found.url, signIn)
  const actingFor = mailbox === undefined ? undefined : { mailbox, access: admin.access }
  const reaching: Reaching = { ...verifying, url: found.url, transport, directory, call: { signal }, actingFor }
  try {
    const version = yield* checkSignIn(reaching, () => tls)
    if (version === undefined) return undefined
    const who = yield* checkOrganisation(reaching, found.settings)
    if (who === undefined) return undefined
    const checked = yield* checkMailbox(reaching, version)
    if (checked === undefined) return undefined
    yield {
      name: 'quota',
      state: 'skipped',
      detail: `Exchange doesn’t tell its limits; a migration goes faster without them:\n${liftThrottling(admin.user)}`,
    }
    return { ...who, ...checked, address: found.url, ...(found.discovered !== undefined && { discovered: found.discovered }) }
  } catch (error) {
    const ours = ourError(error, verifying, 'EWS', new URL(found.url).hostname)
    return yield* fail(blames(ours, 'transfer'), found.url, ours)
  }
}
