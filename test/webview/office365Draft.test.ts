import assert from 'node:assert/strict'
import type { Office365Settings } from '../../src/domain/connection.ts'
import { MailferryError } from '../../src/domain/errors.ts'
import { office365ReadCertificate } from '../../src/engine/handlers/office365ReadCertificate.ts'
import { connectionSettings } from '../../src/engine/plan/settings.ts'
import { packError } from '../../src/rpc/packError.ts'
import { makeApplicationCertificate } from '../../src/servers/office365/registration/makeCertificate.ts'
import { type ConnectionDraft, draftOf, emptyDraft } from '../../src/webview/connection/draft.ts'
import { existingOf } from '../../src/webview/connection/model.ts'
import { judge } from '../../src/webview/connection/problems.ts'
import { wizardAtWork } from '../support/webview/connectionWizardPage.ts'
import { byAdmin, office365Draft, office365Settings, tenantRecorded } from '../support/webview/office365.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { connection, wording } from '../views/build.ts'

const judged = (draft: ConnectionDraft) => judge(wording, draft, [])
const made = await makeApplicationCertificate('Mailferry', { days: 365 })

describe('a draft of a connection to Office 365', () => {
  const kinds: Readonly<Record<string, Office365Settings>> = {
    'an application by certificate': office365Settings,
    'an application by secret, in a national cloud, on a test network, by EWS': {
      kind: 'office365',
      cloud: 'usGovDoD',
      at: { login: 'https://login.test:8443', graph: 'https://graph.test', outlook: 'https://outlook.test' },
      trust: { caFile: '/ca.pem' },
      signIn: { method: 'application', tenant: 'tenant-1', clientId: 'client-1', credential: 'secret' },
      ews: true,
    },
    'an administrator by a refresh token': byAdmin('admin@contoso.onmicrosoft.com'),
    'an administrator by an access token': { kind: 'office365', signIn: { method: 'admin', user: 'admin@contoso.com' } },
  }
  for (const [what, settings] of Object.entries(kinds)) {
    it(`gives back what it was made from: ${what}`, () => {
      const { plan } = judged(draftOf({ name: 'Cloud', role: 'target', settings }))
      assert.ok(plan)
      assert.deepEqual(connectionSettings(plan), settings)
    })
  }

  it('says what is needed beside the field it is about, by the way of signing in', () => {
    const draft: ConnectionDraft = { ...emptyDraft('source'), name: 'Cloud', kind: 'office365' }
    assert.deepEqual(judged(draft).problems, { tenant: 'This is needed.', clientId: 'This is needed.' })
    assert.deepEqual(judged({ ...draft, signInAs: 'admin' }).problems, { cloudAdmin: 'This is needed.' })
    assert.deepEqual(judged({ ...office365Draft, login: 'http://login.test' }).problems, {
      login: 'Not an https:// address.',
      graph: 'This is needed.',
    })
    const elsewhere = { login: 'https://login.test', graph: 'https://graph.test', outlook: 'outlook.test' }
    assert.deepEqual(judged({ ...office365Draft, ...elsewhere }).problems, { outlook: 'Not an https:// address.' })
  })

  it('shows what Entra refuses beside the field that is wrong', async () => {
    const refused = (error: MailferryError) =>
      scriptedEngine({
        'connection.tryOut': (_params, { emit }) => {
          emit?.({ event: 'check', connection: 'Cloud', name: 'signIn', state: 'failed', detail: '', error: packError(error) })
          return {}
        },
      })
    const tenant = new MailferryError('tenant.notFound', { host: 'login', tenant: 'x', response: 'AADSTS90002' })
    const application = new MailferryError('application.unknown', { host: 'login', clientId: 'x', tenant: 'x', response: 'AADSTS700016' })
    for (const [error, field] of [
      [tenant, 'tenant'],
      [application, 'clientId'],
    ] as const) {
      const { wizard } = wizardAtWork({ engine: refused(error) }, { mode: 'new', draft: office365Draft })
      await wizard.receive({ type: 'test' })
      assert.deepEqual(Object.keys(wizard.state.problems), [field])
    }
  })

  it('offers no trust in a certificate that Microsoft’s servers don’t have, but names the cure', async () => {
    const engine = scriptedEngine({
      'connection.tryOut': (_params, { emit }) => {
        const error = new MailferryError('tls.untrusted', { host: 'login', reason: 'self-signed', fingerprint: 'ab'.repeat(32) })
        emit?.({ event: 'check', connection: 'Cloud', name: 'tls', state: 'failed', detail: '', error: packError(error) })
        return {}
      },
    })
    const { wizard } = wizardAtWork({ engine }, { mode: 'new', draft: office365Draft })
    await wizard.receive({ type: 'test' })
    assert.equal(wizard.state.certificate, undefined)
    assert.match(wizard.state.checks[0]?.cure ?? '', /PEM file of its authority/)
  })
})

describe('the certificate in the connection wizard', () => {
  const engine = scriptedEngine({
    'office365.certificate': () => made,
    'office365.readCertificate': params => office365ReadCertificate(undefined as never, params, undefined as never),
    'connection.save': () => connection({ name: 'Cloud', settings: office365Settings }),
  })
  const chosen = (text: string) => ({ name: 'app.pem', path: '/app.pem', text })

  it('is made here: the key goes to the secret storage alone, and nothing of it is shown', async () => {
    const { wizard, at } = wizardAtWork({ engine }, { mode: 'new', draft: office365Draft })
    await wizard.receive({ type: 'makeCertificate' })
    assert.equal(wizard.draft.certificate, made.certificate)
    assert.match(wizard.state.secret.until ?? '', /good until/)
    await wizard.receive({ type: 'save', untested: true })
    assert.deepEqual([...at.secrets.values()], [made.pem])
    assert.ok(!at.shown.join().includes('PRIVATE KEY'))
    assert.ok(!JSON.stringify(engine.paramsOf('connection.save')).includes('CERTIFICATE'))
  })

  it('is taken from a file that has its key', async () => {
    const { wizard, at } = wizardAtWork({ engine, file: chosen(made.pem) }, { mode: 'new', draft: office365Draft })
    await wizard.receive({ type: 'chooseSecretFile' })
    assert.equal(wizard.state.secret.state, 'given')
    assert.ok(!at.shown.join().includes('PRIVATE KEY'))
  })

  it('is refused without its key, beside the field, and what was given before is no longer', async () => {
    const { wizard, at } = wizardAtWork({ engine, file: chosen(made.certificate) }, { mode: 'new', draft: office365Draft })
    await wizard.receive({ type: 'makeCertificate' })
    await wizard.receive({ type: 'chooseSecretFile' })
    assert.equal(wizard.state.secret.state, 'missing')
    assert.equal(at.keys.size, 0)
    assert.match(wizard.state.secret.problem ?? '', /no unencrypted private key/)
    assert.equal(wizard.draft.certificate, '')
  })

  it('is not taken by a person who has gone on to a client secret meanwhile', async () => {
    const making = Promise.withResolvers<typeof made>()
    const { wizard, at } = wizardAtWork(
      { engine: scriptedEngine({ 'office365.certificate': () => making.promise }) },
      { mode: 'new', draft: office365Draft },
    )
    const asked = wizard.receive({ type: 'makeCertificate' })
    await wizard.receive({ type: 'edit', fields: { signInAs: 'secret' }, edit: 1 })
    making.resolve(made)
    await asked
    assert.equal(wizard.state.secret.state, 'missing')
    assert.equal(at.keys.size, 0)
  })

  it('is forgotten when another way to sign in is chosen', async () => {
    const { wizard, at } = wizardAtWork({ engine }, { mode: 'new', draft: office365Draft })
    await wizard.receive({ type: 'makeCertificate' })
    assert.equal(at.keys.size, 1)
    await wizard.receive({ type: 'edit', fields: { signInAs: 'secret' }, edit: 1 })
    assert.equal(at.keys.size, 0)
    assert.equal(wizard.state.secret.state, 'missing')
    assert.equal(wizard.draft.certificate, '')
  })
})

describe('reconfiguring Office 365 in the connection wizard', () => {
  const opening = (settings: Office365Settings) => {
    const existing = connection({ name: 'Cloud', settings, secret: { editor: true }, usedBy: ['Move'] })
    return { mode: 'reconfigure', draft: draftOf(existing), existing: existingOf(existing) } as const
  }
  const engine = () => scriptedEngine({ 'connection.reconfigure': () => ({ evidence: 'same', recorded: tenantRecorded, changed: true }) })

  for (const settings of [office365Settings, byAdmin('admin@contoso.onmicrosoft.com')]) {
    it(`says that it isn’t needed, and does it anyway when asked to: ${settings.signIn.method}`, async () => {
      const asked = engine()
      const { wizard, at } = wizardAtWork({ engine: asked }, opening(settings))
      assert.match(wizard.state.exempt ?? '', /It isn’t needed\..*no domain change touches/)
      const field = settings.signIn.method === 'admin' ? 'cloudAdmin' : 'clientId'
      await wizard.receive({ type: 'edit', fields: { [field]: 'another' }, edit: 1 })
      await wizard.receive({ type: 'save', untested: false })
      assert.deepEqual(asked.paramsOf('connection.reconfigure'), [
        { name: opening(settings).existing.id, admin: 'another', anyway: true, stopJobs: true },
      ])
      assert.equal(at.closed, true)
    })
  }

  it('is offered plainly for an admin of a domain that may move, with what is to change', async () => {
    const asked = engine()
    const { wizard } = wizardAtWork({ engine: asked }, opening(byAdmin('admin@contoso.com')))
    assert.equal(wizard.state.exempt, undefined)
    await wizard.receive({ type: 'edit', fields: { cloudAdmin: 'admin@fabrikam.com' }, edit: 1 })
    await wizard.receive({ type: 'save', untested: false })
    const [params] = asked.paramsOf('connection.reconfigure')
    assert.deepEqual([params?.admin, params?.anyway], ['admin@fabrikam.com', undefined])
    assert.deepEqual(wizard.state.review?.changes[1], {
      setting: 'Admin account',
      before: 'admin@contoso.com',
      after: 'admin@fabrikam.com',
    })
  })
})
