import assert from 'node:assert/strict'
import type { ConnectionSettings } from '../../src/domain/connection.ts'
import { MailferryError } from '../../src/domain/errors.ts'
import { connectionSettings } from '../../src/engine/plan/settings.ts'
import type { ConnectionDraft } from '../../src/webview/connection/draft.ts'
import { draftOf, emptyDraft } from '../../src/webview/connection/draft.ts'
import { existingOf } from '../../src/webview/connection/model.ts'
import { judge } from '../../src/webview/connection/problems.ts'
import { wizardAtWork } from '../support/webview/connectionWizardPage.ts'
import { scriptedEngine } from '../support/webview/scriptedEngine.ts'
import { connection, exchangeSettings, imapSettings, recorded, wording } from '../views/build.ts'

const judged = (draft: ConnectionDraft, others: readonly string[] = []) => judge(wording, draft, others)

describe('a connection’s draft', () => {
  const kinds: Readonly<Record<string, ConnectionSettings>> = {
    'IMAP by mailboxes': imapSettings,
    'IMAP by a master user, trusted by its fingerprint': {
      kind: 'imap',
      server: { host: 'imap.example', port: 1143, tls: 'none', allowPlaintext: true, fingerprint: 'ab'.repeat(32), compress: true },
      signIn: { method: 'admin', user: 'master', actAs: 'separator', separator: '%' },
    },
    'IMAP by tokens': {
      kind: 'imap',
      server: { host: 'imap.example', port: 143, tls: 'starttls', caFile: '/ca.pem' },
      signIn: { method: 'token', mechanism: 'OAUTHBEARER' },
    },
    'Exchange by host': exchangeSettings,
    'Exchange by Autodiscover, with all its trust': {
      kind: 'exchange',
      server: { by: 'autodiscover', domain: 'contoso.com', at: 'mail.contoso.com:444' },
      trust: { fingerprints: ['ab'.repeat(32), 'cd'.repeat(32)], caFile: '/ca.pem', allowOldTls: true },
      admin: { user: 'CONTOSO\\mover', method: 'ntlm', access: 'delegate' },
    },
  }
  for (const [what, settings] of Object.entries(kinds)) {
    it(`gives back what it was made from: ${what}`, () => {
      const { plan } = judged(draftOf({ name: 'Old', role: 'source', settings }))
      assert.ok(plan)
      assert.deepEqual(connectionSettings(plan), settings)
    })
  }

  it('says what is needed and what can’t be, beside the field it is about', () => {
    const draft: ConnectionDraft = { ...emptyDraft('source'), name: 'old ', kind: 'imap', port: '99999', signIn: 'authzid' }
    assert.deepEqual(judged(draft, ['Old']).problems, {
      name: 'There is already a connection named “Old” (capital letters make no difference).',
      imapHost: 'This is needed.',
      port: 'Not a port from 1 to 65535.',
      imapUser: 'This is needed.',
    })
  })
})

describe('the secret in the connection wizard', () => {
  const draft: ConnectionDraft = { ...emptyDraft('source'), name: 'Old', kind: 'imap', imapHost: 'imap.example' }
  const file = { name: 'passwords.csv', path: '/passwords.csv', text: 'mailbox,user,password\nanna,anna,secret' }
  const engine = scriptedEngine({
    'csv.preview': () => ({ rows: 1, first: [{ source: 'anna' }], problems: [] }),
    'connection.tryOut': () => ({ recorded }),
  })

  it('is forgotten when another way to sign in is chosen: a CSV is no password', async () => {
    const { wizard } = wizardAtWork({ engine, file }, { mode: 'new', draft })
    await wizard.receive({ type: 'chooseSecretFile' })
    assert.equal(wizard.state.secret.state, 'given')
    await wizard.receive({ type: 'edit', fields: { signIn: 'authzid' }, edit: 1 })
    assert.equal(wizard.state.secret.state, 'missing')
  })

  it('is forgotten when the panel closes', async () => {
    const { wizard } = wizardAtWork({ engine, file }, { mode: 'new', draft })
    await wizard.receive({ type: 'chooseSecretFile' })
    wizard.end()
    await wizard.receive({ type: 'test' })
    const tried = engine.paramsOf('connection.tryOut')
    assert.equal(tried.length, 1)
    assert.equal(tried[0]?.secret, undefined)
  })
})

describe('reconfiguring in the connection wizard', () => {
  const existing = connection({ name: 'Old', settings: exchangeSettings, secret: { editor: true }, usedBy: ['Move'] })
  const opening = { mode: 'reconfigure', draft: draftOf(existing), existing: existingOf(existing) } as const
  const plan = {
    event: 'reconfiguration',
    connection: 'Old',
    reason: 'The domain may have moved.',
    jobs: ['Move'],
    running: ['Move'],
  } as const

  it('tells old and new, the jobs concerned and those to be stopped, before anything is changed', async () => {
    const engine = scriptedEngine({
      'connection.reconfigure': (_params, { emit }) => {
        emit?.(plan)
        return { evidence: 'same', recorded, changed: false }
      },
    })
    const { wizard, at } = wizardAtWork({ engine, connections: [existing] }, opening)
    await wizard.receive({ type: 'edit', fields: { exchangeHost: 'mail.fabrikam.com', admin: 'mover@fabrikam.com' }, edit: 1 })
    await wizard.receive({ type: 'test' })

    const [params] = engine.paramsOf('connection.reconfigure')
    assert.deepEqual(params, {
      name: existing.id,
      server: { by: 'host', host: 'mail.fabrikam.com' },
      admin: 'mover@fabrikam.com',
      check: true,
    })
    const { review } = wizard.state
    assert.deepEqual(review?.changes.slice(0, 2), [
      { setting: 'Server', before: 'mail.contoso.com', after: 'mail.fabrikam.com' },
      { setting: 'Admin account', before: 'mover@contoso.com', after: 'mover@fabrikam.com' },
    ])
    assert.equal(review?.jobs, 'Jobs that use it: Move')
    assert.match(review?.running ?? '', /Move/)
    assert.equal(at.closed, false)
  })

  it('stops the jobs, stores the new secret and closes', async () => {
    const engine = scriptedEngine({ 'connection.reconfigure': () => ({ evidence: 'same', recorded, changed: true }) })
    const { wizard, at } = wizardAtWork({ engine, connections: [existing] }, opening)
    await wizard.receive({ type: 'secret', text: 'new secret' })
    await wizard.receive({ type: 'save', untested: false })

    const [params] = engine.paramsOf('connection.reconfigure')
    assert.deepEqual(params, { name: existing.id, secret: { reference: { editor: true }, text: 'new secret' }, stopJobs: true })
    assert.equal(at.secrets.get(existing.id), 'new secret')
    assert.equal(at.closed, true)
    assert.equal(wizard.unsaved, false)
  })

  it('asks for the connection’s name where nothing proves the organisation, and sends it', async () => {
    const engine = scriptedEngine({
      'connection.reconfigure': ({ responsible }) => {
        if (responsible === 'Old') return { evidence: 'unproven', recorded, changed: true }
        throw new MailferryError('organisation.unproven', { connection: 'Old' })
      },
    })
    const { wizard, at } = wizardAtWork({ engine, connections: [existing] }, opening)
    await wizard.receive({ type: 'save', untested: false })
    assert.equal(wizard.state.askResponsible, true)
    assert.match(wizard.state.problems.responsible ?? '', /Nothing proves/)
    await wizard.receive({ type: 'edit', fields: { responsible: 'Old' }, edit: 1 })
    await wizard.receive({ type: 'save', untested: false })
    assert.equal(at.closed, true)
  })

  it('is refused for another organisation, and loses nothing of what was typed', async () => {
    const engine = scriptedEngine({
      'connection.reconfigure': () => {
        throw new MailferryError('organisation.different', { connection: 'Old', recorded: 'forest-1', found: 'forest-2' })
      },
    })
    const { wizard, at } = wizardAtWork({ engine, connections: [existing] }, opening)
    await wizard.receive({ type: 'edit', fields: { exchangeHost: 'mail.fabrikam.com' }, edit: 1 })
    await wizard.receive({ type: 'save', untested: false })
    assert.match(wizard.state.notice?.text ?? '', /forest-1.*forest-2/)
    assert.equal(wizard.draft.exchangeHost, 'mail.fabrikam.com')
    assert.equal(at.closed, false)
  })
})
