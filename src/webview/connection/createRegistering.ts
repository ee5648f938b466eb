import type { EngineEvent } from '../../rpc/events.ts'
import { packError } from '../../rpc/packError.ts'
import type { Client } from '../../rpc/protocol.ts'
import type { RegisterScriptResult } from '../../rpc/results.ts'
import type { L10n } from '../../views/wording.ts'
import type { TenantDesk } from '../tenantDesk.ts'
import type { ConnectionDraft } from './draft.ts'
import type { Model } from './model.ts'
import { placeOf } from './planOf.ts'
import { type Registration, readPrinted, scopeOf } from './registration.ts'

interface RegisteringWith {
  readonly engine: Client
  readonly desk: TenantDesk
  readonly l10n: L10n
  readonly model: () => Model
  readonly put: (model: Model) => void
  /** Fills in fields as a person would. */
  readonly fill: (fields: Partial<ConnectionDraft>) => void
  readonly takeSecret: (secret: string) => void
  /** Makes a key and certificate, unless there are. */
  readonly needCertificate: () => Promise<void>
}

export interface Registering {
  /** Registers the application here and now, as an administrator who signs in. */
  register(): Promise<void>
  /** Hands over the script and the steps of the portal. */
  byHand(): Promise<void>
  /** Signs the connection's administrator in by a code. */
  signIn(): Promise<void>
  saveCertificate(): Promise<void>
  paste(): Promise<void>
  openPage(): void
  cancel(): void
}

/** The part of the wizard that prepares the tenant. Only the application's key, or the administrator's refresh token, is kept of it: as the secret. */
export function createRegistering(context: RegisteringWith): Registering {
  const { engine, desk, l10n, model, put, fill } = context
  let running: AbortController | undefined

  const come = (registration: Registration): void => put({ ...model(), registration })
  /** One at a time; what is ended by the person leaves nothing to be read. */
  const during = async (what: 'register' | 'signIn', work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    running?.abort()
    const mine = new AbortController()
    running = mine
    come({ state: 'running', what })
    try {
      await work(mine.signal)
    } catch (thrown) {
      if (!mine.signal.aborted) come({ state: 'failed', why: packError(thrown) })
    } finally {
      if (running === mine) running = undefined
    }
  }
  const showCode =
    (what: 'register' | 'signIn', signal: AbortSignal) =>
    (event: EngineEvent): void => {
      if (event.event === 'deviceCode' && !signal.aborted) come({ state: 'running', what, code: event })
    }
  const script = (): Promise<RegisterScriptResult> => {
    const { role, cloud, certificate, ...draft } = model().draft
    const mailboxes = scopeOf(draft)
    return engine.call('office365.registerScript', { role, cloud, certificate, ...(mailboxes.length === 0 ? {} : { mailboxes }) })
  }
  const handOver = async ({ script: text, steps }: RegisterScriptResult, more: { why?: Why; left?: string } = {}): Promise<void> => {
    come({ state: 'byHand', steps, ...more })
    await desk.showScript(text)
  }
  /** VS Code's own sign-in, which can't reach a test network: there, and only there, a code is entered. */
  const adminSignIn = async ({ scopes, clientId }: RegisterScriptResult) => {
    const { cloud, tenant, login } = model().draft
    const asked = tenant.trim() === '' ? {} : { tenant: tenant.trim() }
    return login.trim() === '' ? await desk.signInWithMicrosoft({ cloud, clientId, scopes, ...asked }) : asked
  }

  return {
    async register() {
      await during('register', async signal => {
        await context.needCertificate()
        const byHand = await script()
        if (scopeOf(model().draft).length > 0) {
          const why = l10n.t('Binding an application to single mailboxes takes Exchange’s PowerShell, so it can’t be done from here.')
          return handOver(byHand, { why })
        }
        const signIn = await adminSignIn(byHand).catch((thrown: unknown) => {
          const cause = thrown instanceof Error ? thrown.message : String(thrown)
          return l10n.t('VS Code’s Microsoft sign-in gave no session: {0}', cause)
        })
        if (signal.aborted) return
        if (typeof signIn === 'string') return handOver(byHand, { why: signIn })
        const { role, certificate, fullFidelity, ...draft } = model().draft
        const done = await engine.call(
          'office365.register',
          { role, certificate, fullFidelity, ...placeOf(draft), signIn },
          { signal, emit: showCode('register', signal) },
        )
        if (!done.registered) return handOver(byHand, { why: done.why, ...(done.left === undefined ? {} : { left: done.left }) })
        fill({ tenant: done.tenant, clientId: done.clientId })
        come({ state: 'done', name: done.name })
      })
    },
    async byHand() {
      running?.abort()
      await context.needCertificate()
      await handOver(await script())
    },
    async signIn() {
      await during('signIn', async signal => {
        const { role, publicClient, ...draft } = model().draft
        const client = publicClient.trim()
        const done = await engine.call(
          'office365.signIn',
          { role, ...placeOf(draft), ...(client === '' ? {} : { clientId: client }) },
          { signal, emit: showCode('signIn', signal) },
        )
        fill({ cloudAdmin: done.user, publicClient: done.clientId })
        context.takeSecret(done.refreshToken)
        come({ state: 'signedIn', user: done.user })
      })
    },
    async saveCertificate() {
      const { certificate, role } = model().draft
      if (certificate !== '') await desk.saveFile(l10n.t('Certificate for the tenant'), `mailferry-${role}.cer`, certificate)
    },
    async paste() {
      const printed = readPrinted(await desk.readClipboard())
      if (printed === undefined) come({ state: 'notPasted' })
      else fill(printed)
    },
    openPage() {
      const { registration } = model()
      if (registration?.state === 'running' && registration.code !== undefined) desk.openPage(registration.code.page)
    },
    cancel() {
      running?.abort()
      const { registration: _ended, ...rest } = model()
      put(rest)
    },
  }
}

type Why = NonNullable<Extract<Registration, { state: 'byHand' }>['why']>
