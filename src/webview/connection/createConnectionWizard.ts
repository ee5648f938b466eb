import type { NextStep } from '../../commands/nextSteps.ts'
import type { StoredError } from '../../domain/pair.ts'
import type { KeyVault, SecretVault } from '../../editor/secretVault.ts'
import { packError } from '../../rpc/packError.ts'
import type { Client } from '../../rpc/protocol.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import type { Wording } from '../../views/wording.ts'
import { shownCheck } from '../checks.ts'
import type { Desk } from '../desk.ts'
import type { TenantDesk } from '../tenantDesk.ts'
import { createRegistering } from './createRegistering.ts'
import type { ConnectionDraft } from './draft.ts'
import { keptKey } from './keptKey.ts'
import type { ConnectionWizardMessage, ConnectionWizardState } from './messages.ts'
import { begin, type Existing, edited, isUnsaved, type Model, trusting, untested, untrusted, without } from './model.ts'
import { judge } from './problems.ts'
import { reconfigure } from './reconfigure.ts'
import { saveConnection } from './saveConnection.ts'
import { makeCertificate, readSecretFile, type SecretFile } from './secretFile.ts'
import { shownState } from './shownState.ts'
import { tryOut } from './tryOut.ts'

export interface ConnectionWizardWith {
  readonly engine: Client
  readonly secrets: Pick<SecretVault, 'set'> & KeyVault
  readonly wording: Wording
  readonly connections: () => readonly ConnectionSummary[]
  readonly desk: Desk
  readonly tenantDesk: TenantDesk
  readonly stepsFor: (error: StoredError) => readonly { readonly title: string; readonly step: NextStep }[]
  readonly takeStep: (step: NextStep) => void
  readonly show: (state: ConnectionWizardState) => void
}

export interface ConnectionWizard {
  readonly state: ConnectionWizardState
  readonly draft: ConnectionDraft
  readonly unsaved: boolean
  receive(message: ConnectionWizardMessage): Promise<void>
  /** Ends what runs and lets go of the secret. */
  end(): void
  /** The person doesn't go on: a key that was made here is good for nothing any more. */
  discard(): Promise<void>
}

export interface Opening {
  readonly mode: Model['mode']
  readonly draft: ConnectionDraft
  /** As it was before a person began, where that isn't the draft. */
  readonly initial?: ConnectionDraft
  readonly existing?: Existing
}

/** The host's side of the connection wizard, without VS Code. The secret is in here alone, until it is saved or the panel closes. */
export function createConnectionWizard(context: ConnectionWizardWith, opening: Opening): ConnectionWizard {
  const { engine, secrets, wording, desk, show } = context
  const { l10n } = wording
  let model = begin(opening.mode, opening.draft, opening.existing, opening.initial)
  let secret: string | undefined
  let running: AbortController | undefined
  let ended = false
  const made = keptKey(secrets)

  const shown = (): ConnectionWizardState =>
    shownState(model, {
      wording,
      connections: context.connections(),
      nextSteps: model.failure === undefined ? [] : context.stepsFor(model.failure).map(({ title }) => title),
    })
  const put = (next: Model): void => {
    const { certificate } = model.draft
    // One that is no longer meant leaves no key behind; where the storage refuses even that, it is told when something is stored.
    if (next.draft.certificate !== certificate) made.forget(certificate).catch(() => {})
    model = next
    if (!ended) show(shown())
  }
  /** The draft as the engine takes it; where it can't be, everything that is wrong is shown. */
  const planned = (): ReturnType<typeof judge>['plan'] => {
    const others = context.connections().filter(({ id }) => id !== model.existing?.id)
    const { plan } = judge(
      wording,
      model.draft,
      others.map(({ name }) => name),
    )
    put({ ...without(model, 'failure'), all: true })
    return plan
  }
  /** Does what can be cancelled, one thing at a time. */
  const during = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    running?.abort()
    const mine = new AbortController()
    running = mine
    try {
      await work(mine.signal)
    } catch (thrown) {
      if (!mine.signal.aborted) put({ ...model, saving: false, failure: packError(thrown) })
    } finally {
      if (running === mine) {
        running = undefined
        put({ ...model, saving: false, ...(model.tested === undefined ? {} : { tested: { ...model.tested, running: false } }) })
      }
    }
  }
  const test = async (signal: AbortSignal): Promise<boolean> => {
    const plan = planned()
    if (plan === undefined) return false
    const given = { model: () => model, put, engine, secret, signal }
    if (model.mode === 'reconfigure') await reconfigure(given, true)
    else await tryOut(given, plan)
    return model.tested?.recorded !== undefined
  }
  const finish = async (text: string): Promise<void> => {
    await made.forget(model.draft.certificate)
    secret = undefined
    model = { ...model, initial: model.draft, secretGiven: false }
    desk.inform(text)
    desk.close()
  }
  const save = async (signal: AbortSignal, isUntested: boolean): Promise<void> => {
    if (!isUntested && model.tested?.recorded === undefined && !(await test(signal))) return
    const plan = planned()
    if (plan === undefined || signal.aborted) return
    put({ ...model, saving: true })
    const saved = await saveConnection({ engine, secrets }, plan, { existing: model.existing, secret, tested: !isUntested })
    await finish(isUntested ? l10n.t('“{0}” is saved, not verified.', saved.name) : l10n.t('“{0}” is saved and verified.', saved.name))
  }
  const saveReconfigured = async (signal: AbortSignal): Promise<void> => {
    if (planned() === undefined) return
    put({ ...model, saving: true })
    const { existing } = model
    await reconfigure({ model: () => model, put, engine, secret, signal }, false)
    if (existing === undefined || signal.aborted) return
    if (secret !== undefined) await secrets.set(existing.id, secret)
    await finish(l10n.t('“{0}” is reconfigured. Refresh the email addresses of its jobs next.', existing.name))
  }
  const takeFile = async (): Promise<void> => {
    const isPem = model.draft.kind === 'office365'
    const title = isPem ? l10n.t('PEM file with a certificate and its private key') : l10n.t('CSV file with sign-ins')
    const file = await desk.chooseFile(title, isPem ? 'pem' : 'csv')
    if (file !== undefined) takeSecret(await readSecretFile({ engine, l10n }, model.draft, file))
  }
  const takeSecret = ({ secret: read, fields = { certificate: '' }, file, failure }: SecretFile): void => {
    secret = read
    put({
      ...untested(without(model, 'file')),
      draft: { ...model.draft, ...fields },
      secretGiven: read !== undefined,
      ...(file === undefined ? {} : { file }),
      ...(failure === undefined ? {} : { failure }),
    })
  }

  const trust = async (): Promise<void> => {
    const found = untrusted(model)
    if (found === undefined) return
    const { existing } = model
    if (model.mode === 'reconfigure' && existing !== undefined) {
      await engine.call('connection.trust', { name: existing.id, fingerprint: found.fingerprint })
    } else put(trusting(model, found.fingerprint))
    await during(async signal => void (await test(signal)))
  }

  const makeOne = async (): Promise<void> => {
    const file = await makeCertificate(engine)
    // The person may have gone on to another way to sign in meanwhile.
    if (model.draft.kind !== 'office365' || model.draft.signInAs !== 'certificate') return
    if (file.secret !== undefined && file.fields !== undefined) await made.keep(file.fields.certificate, file.secret)
    takeSecret(file)
  }
  const registering = createRegistering({
    engine,
    l10n,
    desk: context.tenantDesk,
    model: () => model,
    put,
    fill: fields => put(edited(model, fields, model.edits)),
    takeSecret: text => takeSecret({ secret: text }),
    needCertificate: async () => {
      if (model.draft.certificate === '') await makeOne()
    },
  })

  const edit = (fields: Partial<ConnectionDraft>, at: number): void => {
    const isOther = changesSecret(fields)
    if (isOther) {
      registering.cancel()
      secret = undefined
      model = { ...without(model, 'file'), secretGiven: false }
    }
    const next = edited(model, { ...(isOther ? { certificate: '' } : {}), ...fields }, at)
    // What is tested is no longer what is meant. What is being saved goes on.
    if (next.tested === undefined && !model.saving) running?.abort()
    put(next)
  }

  const take = async (message: ConnectionWizardMessage): Promise<void> => {
    switch (message.type) {
      case 'edit':
        return edit(message.fields, message.edit)
      case 'secret':
        secret = message.text === '' ? undefined : message.text
        return put({ ...untested(model), secretGiven: secret !== undefined, touched: new Set([...model.touched, 'secret' as const]) })
      case 'chooseSecretFile':
        return takeFile()
      case 'makeCertificate':
        return makeOne()
      case 'tenant':
        return registering[message.do]()
      case 'test':
        return during(async signal => void (await test(signal)))
      case 'cancelTest':
        return running?.abort()
      case 'trust':
        return trust()
      case 'copy': {
        const code = model.tested?.checks.map(check => shownCheck(wording, check)).find(({ name }) => name === message.check)?.code
        if (code !== undefined) desk.copy(code)
        return
      }
      case 'save':
        return during(signal => (model.mode === 'reconfigure' ? saveReconfigured(signal) : save(signal, message.untested)))
      case 'step': {
        const next = model.failure && context.stepsFor(model.failure)[message.at]
        return next && context.takeStep(next.step)
      }
      case 'journal':
        return model.existing && desk.run('showJournal', { type: 'connection', connection: model.existing.id })
      case 'cancel':
        await made.forget(model.draft.certificate)
        model = { ...model, initial: model.draft, secretGiven: false }
        return desk.close()
    }
  }

  /** What was typed came back without its secret; a key that was made here is found again, and the certificate of another is worth nothing without. */
  const findKey = async (certificate: string): Promise<void> => {
    const pem = await made.of(certificate)
    if (secret !== undefined || model.draft.certificate !== certificate) return
    takeSecret(pem === undefined ? {} : { secret: pem, fields: { certificate } })
  }
  if (model.draft.certificate !== '') void findKey(model.draft.certificate).catch(thrown => put({ ...model, failure: packError(thrown) }))

  return {
    get state() {
      return shown()
    },
    get draft() {
      return model.draft
    },
    get unsaved() {
      return isUnsaved(model)
    },
    async receive(message) {
      try {
        await take(message)
      } catch (thrown) {
        put({ ...model, failure: packError(thrown) })
      }
    },
    end() {
      ended = true
      running?.abort()
      registering.cancel()
      secret = undefined
    },
    discard: () => made.forget(model.draft.certificate),
  }
}

/** A password isn't a CSV of passwords. */
const changesSecret = (fields: Partial<ConnectionDraft>): boolean =>
  fields.kind !== undefined || fields.signIn !== undefined || fields.signInAs !== undefined
