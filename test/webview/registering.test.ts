import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MicrosoftWish } from '../../src/editor/microsoftSession.ts'
import { createLocalClient, type LocalClient } from '../../src/engine/localClient.ts'
import type { Person } from '../../src/sandbox/exchange/directory.ts'
import { makeApplicationCertificate } from '../../src/servers/office365/registration/makeCertificate.ts'
import type { ConnectionDraft } from '../../src/webview/connection/draft.ts'
import { readPrinted } from '../../src/webview/connection/registration.ts'
import { type Contoso, contoso } from '../sandbox/office365/support.ts'
import { enterCode } from '../support/deviceSignIn.ts'
import { tempDir } from '../support/tempDir.ts'
import { wizardAtWork } from '../support/webview/connectionWizardPage.ts'
import { office365Draft } from '../support/webview/office365.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { waitUntil } from '../support/webview/waitUntil.ts'

const registrationScopes = 'Application.ReadWrite.All AppRoleAssignment.ReadWrite.All'

interface Scene extends AsyncDisposable {
  readonly cloud: Contoso
  readonly engine: LocalClient
  readonly draft: ConnectionDraft
}

/** The wizard's engine, beside the sandbox's tenant. */
async function scene(): Promise<Scene> {
  const dir = tempDir()
  const cloud = await contoso()
  const caFile = join(dir.path, 'ca.pem')
  await writeFile(caFile, cloud.ca)
  const engine = createLocalClient({ ledger: join(dir.path, 'ledger.db'), version: '0.0.0' })
  const network = { login: cloud.loginUrl, graph: cloud.graphUrl, office365CaFile: caFile }
  return {
    cloud,
    engine,
    draft: { ...office365Draft, tenant: '', clientId: '', ...network },
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]()
      await cloud[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

/** The wizard; whoever is named enters each code that it shows. */
function wizardFor({ cloud, engine, draft }: Scene, person: Person, more: Partial<ConnectionDraft> = {}) {
  const entered = new Set<string>()
  const at = wizardAtWork({ engine }, { mode: 'new', draft: { ...draft, ...more } }, state => {
    const { registration } = at.wizard.state
    if (state === undefined || registration?.code === undefined || entered.has(registration.code)) return
    entered.add(registration.code)
    void enterCode(cloud, { userCode: registration.code, page: `${cloud.loginUrl}/common/oauth2/deviceauth` }, person)
  })
  return at
}

describe('registering from the connection wizard', function () {
  this.timeout(30_000)

  it('on a test network goes by a code: the fields are filled in, the connection works, and only the key is kept', async () => {
    await using here = await scene()
    const { cloud } = here
    const { wizard, at } = wizardFor(here, cloud.admin)
    await wizard.receive({ type: 'tenant', do: 'register' })
    assert.match(wizard.state.registration?.text ?? '', /“Mailferry target” is registered/)
    assert.equal(wizard.draft.tenant, cloud.tenant.id)
    assert.equal(wizard.draft.clientId, cloud.tenant.registry.applications.at(-1)?.appId)

    await wizard.receive({ type: 'edit', fields: { mailbox: 'anna@contoso.test' }, edit: 1 })
    await wizard.receive({ type: 'save', untested: false })
    assert.equal(at.closed, true, JSON.stringify(wizard.state.checks))
    const [secret, ...others] = at.secrets.values()
    assert.match(secret ?? '', /BEGIN PRIVATE KEY/)
    assert.deepEqual([others, [...at.keys.values()]], [[], []])
    assert.ok(!at.shown.join().includes('PRIVATE KEY'))
  })

  it('signs a delegated administrator in by a code, whose refresh token is the secret', async () => {
    await using here = await scene()
    const { wizard, at } = wizardFor(here, here.cloud.admin, { signInAs: 'admin' })
    await wizard.receive({ type: 'tenant', do: 'signIn' })
    assert.equal(wizard.draft.cloudAdmin, 'admin@contoso.test')
    await wizard.receive({ type: 'edit', fields: { mailbox: 'admin@contoso.test' }, edit: 1 })
    await wizard.receive({ type: 'save', untested: false })
    assert.equal(at.closed, true, JSON.stringify(wizard.state.checks))
    const [token = ''] = at.secrets.values()
    assert.ok(token !== '' && !at.shown.join().includes(token))
  })

  it('ends with the panel’s Cancel, and what the code gave meanwhile is not taken', async () => {
    await using here = await scene()
    const { wizard } = wizardAtWork({ engine: here.engine }, { mode: 'new', draft: here.draft })
    const registering = wizard.receive({ type: 'tenant', do: 'register' })
    await assert.doesNotReject(waitUntil(() => wizard.state.registration?.code !== undefined))
    await wizard.receive({ type: 'tenant', do: 'cancel' })
    await registering
    assert.equal(wizard.state.registration, undefined)
    assert.equal(wizard.draft.clientId, '')
  })
})

describe('registering with VS Code’s own Microsoft sign-in', function () {
  this.timeout(30_000)

  /** The editor's sign-in as this person, who has given the token these permissions; the engine is told the sandbox's addresses. */
  function signedInAs({ cloud, engine, draft }: Scene, person: Person, scope: string) {
    const wishes: MicrosoftWish[] = []
    const { login, graph, office365CaFile, ...rest } = draft
    const at = wizardAtWork(
      {
        engine: {
          call: (method, params, call) =>
            engine.call(
              method,
              method === 'office365.register' ? { ...params, at: { login, graph }, trust: { caFile: office365CaFile } } : params,
              call,
            ),
        },
        async signInWithMicrosoft(wish) {
          wishes.push(wish)
          const token = cloud.tenant.tokens.issue({
            audience: 'https://graph.microsoft.com',
            appId: cloud.app.application.appId,
            objectId: person.objectGuid,
            scope,
            upn: person.userPrincipalName,
          })
          return { token, user: person.userPrincipalName }
        },
      },
      { mode: 'new', draft: { ...rest, login: '', graph: '', office365CaFile: '', tenant: 'contoso.test' } },
    )
    return { ...at, wishes }
  }

  it('asks it for what registering takes in that tenant, and for nothing of the mail', async () => {
    await using here = await scene()
    const { wizard, wishes } = signedInAs(here, here.cloud.admin, registrationScopes)
    await wizard.receive({ type: 'tenant', do: 'register' })
    assert.match(wizard.state.registration?.text ?? '', /is registered/)
    assert.deepEqual(wishes, [
      {
        cloud: 'global',
        tenant: 'contoso.test',
        clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
        scopes: ['https://graph.microsoft.com/Application.ReadWrite.All', 'https://graph.microsoft.com/AppRoleAssignment.ReadWrite.All'],
      },
    ])
  })

  it('says why the tenant refuses, and hands over the script with the same certificate', async () => {
    await using here = await scene()
    const { wizard, at } = signedInAs(here, here.cloud.anna, registrationScopes)
    await wizard.receive({ type: 'tenant', do: 'register' })
    const { registration } = wizard.state
    assert.equal(registration?.level, 'warning')
    assert.match(registration?.text ?? '', /the permission is missing/)
    assert.match(registration?.steps.join('\n') ?? '', /Grant admin consent/)
    assert.ok(at.scripts[0]?.includes(base64Of(wizard.draft.certificate)))
    assert.equal(wizard.state.secret.state, 'given')
  })

  it('hands over the script where VS Code gives no session', async () => {
    await using here = await scene()
    const { engine, draft } = here
    const { wizard, at } = wizardAtWork({ engine }, { mode: 'new', draft: { ...draft, login: '', graph: '' } })
    await wizard.receive({ type: 'tenant', do: 'register' })
    assert.match(wizard.state.registration?.text ?? '', /gave no session: nobody said who signs in/)
    assert.equal(at.scripts.length, 1)
  })

  it('hands over the script where single mailboxes are named, and asks nobody to sign in', async () => {
    await using here = await scene()
    const { wizard, at, wishes } = signedInAs(here, here.cloud.admin, registrationScopes)
    await wizard.receive({ type: 'edit', fields: { scope: 'anna@contoso.test\nben@contoso.test' }, edit: 1 })
    await wizard.receive({ type: 'tenant', do: 'register' })
    assert.match(at.scripts[0] ?? '', /'anna@contoso\.test'/)
    assert.match(wizard.state.registration?.text ?? '', /Exchange’s PowerShell/)
    assert.deepEqual(wishes, [])
  })
})

describe('registering by hand from the connection wizard', () => {
  const ids = { tenant: '0b3f5f4e-1111-4c2f-b7e8-296a70dab67e', clientId: '1c3f5f4e-2222-4c2f-b7e8-296a70dab67e' }
  const printed = `What the plan or the wizard wants:\r\n  tenant      ${ids.tenant}\r\n  client id   ${ids.clientId}\r\n  credential  certificate`
  const handedOver = { script: '# script', steps: ['1. New registration'], scopes: [], clientId: '' }
  const byHand = async () => {
    const made = await makeApplicationCertificate('Mailferry', { days: 365 })
    return { made, engine: scriptedEngine({ 'office365.certificate': () => made, 'office365.registerScript': () => handedOver }) }
  }

  it('opens the script with a certificate made here, saves the certificate, and takes what the script printed', async () => {
    const { made, engine } = await byHand()
    const { wizard, at } = wizardAtWork({ engine, clipboard: printed }, { mode: 'new', draft: { ...office365Draft, scope: 'anna@x.test' } })
    await wizard.receive({ type: 'tenant', do: 'byHand' })
    assert.deepEqual(engine.paramsOf('office365.registerScript'), [
      { role: 'target', cloud: 'global', certificate: made.certificate, mailboxes: ['anna@x.test'] },
    ])
    assert.deepEqual(at.scripts, ['# script'])
    assert.deepEqual(wizard.state.registration?.steps, ['1. New registration'])
    await wizard.receive({ type: 'tenant', do: 'saveCertificate' })
    assert.deepEqual(at.saved, [made.certificate])
    await wizard.receive({ type: 'tenant', do: 'paste' })
    assert.deepEqual([wizard.draft.tenant, wizard.draft.clientId], [ids.tenant, ids.clientId])
  })

  it('says what mail by EWS needs besides', async () => {
    const { engine } = await byHand()
    const { wizard } = wizardAtWork({ engine }, { mode: 'new', draft: { ...office365Draft, ews: true } })
    await wizard.receive({ type: 'tenant', do: 'byHand' })
    assert.match(wizard.state.registration?.next ?? '', /full_access_as_app/)
    await wizard.receive({ type: 'edit', fields: { ews: false }, edit: 1 })
    assert.equal(wizard.state.registration?.next, undefined)
  })

  it('says what to copy where the clipboard has something else', async () => {
    const { engine } = await byHand()
    const { wizard } = wizardAtWork({ engine, clipboard: `client id ${ids.clientId}` }, { mode: 'new', draft: office365Draft })
    await wizard.receive({ type: 'tenant', do: 'paste' })
    assert.match(wizard.state.registration?.text ?? '', /a line with the tenant and one with the client id/)
    assert.equal(wizard.draft.clientId, 'client-1')
    assert.equal(readPrinted('tenant x client id y'), undefined)
  })

  it('keeps the key until the connection is saved: a reload of the window finds it again', async () => {
    const { made, engine } = await byHand()
    const { wizard, at } = wizardAtWork({ engine }, { mode: 'new', draft: office365Draft })
    await wizard.receive({ type: 'tenant', do: 'byHand' })
    wizard.end()
    assert.deepEqual([...at.keys.values()], [made.pem])

    const again = wizardAtWork({ engine, keys: at.keys }, { mode: 'new', draft: wizard.draft, initial: office365Draft })
    await assert.doesNotReject(waitUntil(() => again.wizard.state.secret.state === 'given'))
    await again.wizard.discard()
    assert.equal(at.keys.size, 0)
  })

  it('doesn’t pretend to have a key that is gone', async () => {
    const { made, engine } = await byHand()
    const { wizard } = wizardAtWork({ engine }, { mode: 'new', draft: { ...office365Draft, certificate: made.certificate } })
    await assert.doesNotReject(waitUntil(() => wizard.draft.certificate === ''))
    assert.equal(wizard.state.secret.state, 'missing')
  })
})

const base64Of = (pem: string): string => pem.replaceAll(/-----[^-]+-----|\s/g, '')
