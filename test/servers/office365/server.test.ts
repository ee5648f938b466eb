import assert from 'node:assert/strict'
import { randomUUID, X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection, Office365Settings, Recorded } from '../../../src/domain/connection.ts'
import { isError } from '../../../src/domain/errors.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import type { Mailbox } from '../../../src/domain/pair.ts'
import { userBy } from '../../../src/sandbox/office365/tenant.ts'
import type { Check, MailServer } from '../../../src/servers/mailServer.ts'
import { office365Server } from '../../../src/servers/office365/office365Server.ts'
import { makeApplicationCertificate } from '../../../src/servers/office365/registration/makeCertificate.ts'
import type { Secret } from '../../../src/servers/secretSource.ts'
import { allPermissions, type Contoso, contoso } from '../../sandbox/office365/support.ts'
import { watchGraph } from '../../support/graphShapes.ts'
import { tempDir } from '../../support/tempDir.ts'
import { never } from '../imap/support.ts'

const recorded = (org: Contoso): Recorded => ({
  at: '2026-01-01T00:00:00.000Z',
  organisation: org.tenant.id,
  acceptedDomains: ['contoso.onmicrosoft.com', 'contoso.test'],
  adminAddress: 'admin@contoso.test',
})

describe('an Office 365 tenant as a mail server', () => {
  let org: Contoso
  let watch: ReturnType<typeof watchGraph>
  const dir = tempDir()
  after(() => dir[Symbol.dispose]())

  const start = async (options: Parameters<typeof contoso>[0] = {}) => {
    org = await contoso(options)
    watch = watchGraph(org.graphUrl)
    await writeFile(join(dir.path, 'ca.pem'), org.ca)
  }
  afterEach(async () => {
    watch[Symbol.dispose]()
    await org[Symbol.asyncDispose]()
    assert.deepEqual(watch.problems, [], 'every request is documented')
  })

  const serverOf = (
    more: {
      readonly role?: Connection['role']
      readonly secret?: Secret | (() => Secret)
      readonly signIn?: Office365Settings['signIn']
      readonly verification?: Connection['verification']
    } = {},
  ): MailServer => {
    const settings: Office365Settings = {
      kind: 'office365',
      at: { login: org.loginUrl, graph: org.graphUrl },
      trust: { caFile: join(dir.path, 'ca.pem') },
      signIn: more.signIn ?? { method: 'application', tenant: org.tenant.id, clientId: org.app.application.appId, credential: 'secret' },
    }
    return office365Server({
      connection: {
        id: asConnectionId('c'),
        name: 'Cloud',
        role: more.role ?? 'source',
        settings,
        verification: more.verification ?? { state: 'unverified' },
      },
      secrets: {
        secretFor: async () => (typeof more.secret === 'function' ? more.secret() : (more.secret ?? { password: org.app.secret })),
      },
    })
  }

  const verify = async (server: MailServer, mailbox?: string) => {
    const checks: Check[] = []
    const running = server.verify(never, mailbox)
    for (;;) {
      const next = await running.next()
      if (next.done) return { checks, learned: next.value, states: Object.fromEntries(checks.map(({ name, state }) => [name, state])) }
      checks.push(next.value)
    }
  }
  const detail = (checks: readonly Check[], name: string) => checks.find(check => check.name === name)?.detail ?? ''

  it('is verified as an application, and says what it leads to', async () => {
    await start()
    await using server = serverOf({ role: 'target' })
    const { checks, learned, states } = await verify(server, 'anna@contoso.test')
    assert.deepEqual(learned, {
      organisation: org.tenant.id,
      address: org.graphUrl,
      acceptedDomains: ['contoso.onmicrosoft.com', 'contoso.test'],
    })
    for (const name of [
      'address',
      'tls',
      'signIn',
      'organisation',
      'permissions',
      'listMailboxes',
      'acceptedDomains',
      'actAs',
      'folders',
      'quota',
    ]) {
      assert.equal(states[name], 'passed', `${name}: ${detail(checks, name)}`)
    }
  })

  it('says which permission is missing, with what is there', async () => {
    await start({ permissions: ['Mail.Read'] })
    await using server = serverOf()
    const { checks, learned } = await verify(server)
    assert.equal(learned, undefined)
    const error = checks.at(-1)?.error
    assert.deepEqual([checks.at(-1)?.name, error?.code], ['permissions', 'permission.graph'])
    assert.deepEqual(error?.params, {
      host: new URL(org.graphUrl).host,
      user: org.app.application.appId,
      reason: 'consent',
      needs: ['User.Read.All'],
      response: 'the token has Mail.Read',
    })
  })

  it('tries a mailbox for rights that Exchange may have bound to some', async () => {
    await start({ permissions: ['User.Read.All'] })
    await using server = serverOf()
    const { checks } = await verify(server, 'anna@contoso.test')
    assert.match(detail(checks, 'permissions'), /Application Mail\.Read may bind it/)
    assert.deepEqual([checks.at(-1)?.name, checks.at(-1)?.error?.code], ['actAs', 'permission.graph'])
  })

  it('says what a source has that it doesn’t need', async () => {
    await start()
    await using server = serverOf()
    assert.match(detail((await verify(server)).checks, 'permissions'), /more than a source needs: Mail\.ReadWrite/)
  })

  it('refuses a wrong secret once, and doesn’t try it again', async () => {
    await start()
    await using server = serverOf({ secret: { password: 'wrong' } })
    const attempts = () => org.site.requests.filter(({ host, path }) => host === 'login' && path.endsWith('/token')).length
    for (const expected of ['signIn.refused', 'signIn.stopped', 'signIn.stopped']) {
      await assert.rejects(server.resolve({ address: 'anna@contoso.test' }, never), { code: expected })
    }
    assert.equal(attempts(), 1)
  })

  it('goes on with a new secret that a person gave, without being opened anew', async () => {
    await start()
    let password = 'wrong'
    await using server = serverOf({ secret: () => ({ password }) })
    await assert.rejects(server.resolve({ address: 'anna@contoso.test' }, never), { code: 'signIn.refused' })
    password = org.app.secret
    assert.equal((await server.resolve({ address: 'anna@contoso.test' }, never)).found, 'one')
  })

  it('knows its tenant by the id that was recorded, once the domain it was called by has moved away', async () => {
    await start()
    const signIn = { method: 'application', tenant: 'contoso.test', clientId: org.app.application.appId, credential: 'secret' } as const
    org.tenant.organisation.acceptedDomains.delete('contoso.test')
    await using unverified = serverOf({ signIn })
    await assert.rejects(unverified.resolve({ address: 'anna@contoso.test' }, never), { code: 'tenant.notFound' })
    await using verified = serverOf({ signIn, verification: { state: 'verified', recorded: recorded(org) } })
    assert.equal((await verified.resolve({ address: 'anna@contoso.test' }, never)).found, 'one')
  })

  it('signs in by a certificate, and says until when it is good', async () => {
    await start()
    const { pem, certificate, validTo } = await makeApplicationCertificate('Mailferry', { days: 20 })
    addCertificate(org, certificate)
    const signIn = { method: 'application', tenant: org.tenant.id, clientId: org.app.application.appId, credential: 'certificate' } as const
    await using server = serverOf({ signIn, secret: { pem } })
    const { checks, learned } = await verify(server)
    assert.ok(learned)
    assert.equal(learned.organisation, org.tenant.id)
    assert.match(detail(checks, 'expiry'), /only (19|20) days/)
    assert.deepEqual(learned.expires, { what: 'certificate', at: validTo })
    const { found } = await server.observe({ at: '', ...learned, expires: { what: 'certificate', at: '2020-01-01T00:00:00Z' } }, never)
    assert.equal(found?.expires?.at, validTo)
  })

  it('records when its only secret ends, where the tenant tells, and of several none', async () => {
    await start({ permissions: [...allPermissions, 'Application.Read.All'] })
    await using server = serverOf()
    const [secret] = org.app.application.secrets
    const { learned } = await verify(server)
    assert.deepEqual(learned?.expires, { what: 'secret', at: secret?.endDateTime })
    org.tenant.registry.addSecret(org.app.application)
    const { checks, learned: again } = await verify(server)
    assert.match(detail(checks, 'expiry'), /the first of its secrets/)
    assert.equal(again?.expires, undefined)
  })

  it('names what is wrong with a certificate file without a word of its content', async () => {
    await start()
    const signIn = { method: 'application', tenant: org.tenant.id, clientId: org.app.application.appId, credential: 'certificate' } as const
    const other = await makeApplicationCertificate('Other', { days: 20 })
    const { pem } = await makeApplicationCertificate('Mailferry', { days: 20 })
    const mixed = pem.replace(/-----BEGIN CERTIFICATE[\s\S]*/, other.certificate)
    for (const [text, cause] of [
      ['', /no certificate/],
      [other.certificate, /no unencrypted private key/],
      [mixed, /not the certificate’s/],
    ] as const) {
      await using server = serverOf({ signIn, secret: { pem: text } })
      const error = (await verify(server)).checks.at(-1)?.error
      assert.ok(isError(error, 'secret.source'))
      assert.match(error.params.cause, cause)
    }
  })

  it('names a tenant and an application that aren’t there', async () => {
    await start()
    const {
      application: { appId },
      secret,
    } = org.app
    const at = (tenant: string, clientId: string) =>
      serverOf({ signIn: { method: 'application', tenant, clientId, credential: 'secret' }, secret: { password: secret } })
    await using nowhere = at('00000000-1111-2222-3333-444444444444', appId)
    await using nobody = at(org.tenant.id, '00000000-1111-2222-3333-444444444444')
    assert.equal((await verify(nowhere)).checks.at(-1)?.error?.code, 'tenant.notFound')
    assert.equal((await verify(nobody)).checks.at(-1)?.error?.code, 'application.unknown')
  })

  /** As an administrator uploads it. */
  const addCertificate = ({ app }: Contoso, certificate: string): void => {
    const { raw, validFromDate, validToDate } = new X509Certificate(certificate)
    app.application.keyCredentials.push({
      keyId: randomUUID(),
      displayName: 'Mailferry',
      certificate: raw,
      startDateTime: validFromDate.toISOString(),
      endDateTime: validToDate.toISOString(),
    })
  }

  const listed = async (server: MailServer): Promise<Mailbox[]> => {
    const all: Mailbox[] = []
    for await (const page of server.mailboxes(never)) all.push(...page)
    return all
  }

  it('lists people by their ids and primary addresses, without guests', async () => {
    await start()
    const guest = userBy(org.tenant, 'ben@contoso.test')
    assert.ok(guest)
    guest.userType = 'Guest'
    await using server = serverOf()
    const mailboxes = await listed(server)
    assert.deepEqual(mailboxes.map(({ address }) => address).sort(), ['admin@contoso.test', 'anna@contoso.test'])
    assert.ok(mailboxes.every(({ id }) => /^[0-9a-f-]{36}$/.test(id ?? '')))
  })

  it('finds by the beginning of a name or address, quotes and all', async () => {
    await start()
    await using server = serverOf()
    assert.deepEqual(
      (await server.search?.('Anna', never))?.map(({ address }) => address),
      ['anna@contoso.test'],
    )
    assert.deepEqual(await server.search?.("O'Hara & %", never), [])
  })

  it('knows a mailbox again by its id, whatever its address is called', async () => {
    await start()
    await using server = serverOf()
    const anna = (await listed(server)).find(({ address }) => address === 'anna@contoso.test')
    assert.deepEqual(await server.resolve({ address: 'old@elsewhere.test', id: anna?.id ?? '' }, never), { found: 'one', mailbox: anna })
    assert.deepEqual(await server.resolve({ address: 'ANNA@contoso.test' }, never), { found: 'one', mailbox: anna })
    assert.deepEqual(await server.resolve({ address: 'nobody@contoso.test' }, never), { found: 'none' })
    assert.deepEqual(await server.resolve({ address: 'x', id: '00000000-1111-2222-3333-444444444444' }, never), { found: 'none' })
  })

  it('opens a mailbox by an address that isn’t its user’s sign-in name', async () => {
    await start()
    const anna = userBy(org.tenant, 'anna@contoso.test')
    assert.ok(anna)
    anna.person.userPrincipalName = 'a.weiss@contoso.onmicrosoft.com'
    await using server = serverOf()
    await using session = await server.open({ address: 'anna@contoso.test' }, { signal: never, connections: 1 })
    assert.equal((await session.identity())?.id, anna.person.objectGuid)
    const findings = (await server.readiness?.({ address: 'anna@contoso.test' }, never)) ?? []
    assert.equal(findings.find(({ about }) => about === 'mailbox')?.state, 'fine')
  })

  describe('seen by a check', () => {
    it('is where it was, as long as it lets the application in', async () => {
      await start()
      await using server = serverOf()
      const seen = await server.observe(recorded(org), never)
      assert.deepEqual([seen.signIn, seen.user, seen.found?.organisation], ['accepted', org.app.application.appId, org.tenant.id])
    })

    it('is unreachable, not refused, where nobody answers', async () => {
      await start()
      await using server = serverOf()
      const known = recorded(org)
      await org[Symbol.asyncDispose]()
      const seen = await server.observe(known, never)
      assert.equal(seen.signIn, undefined)
      assert.ok(seen.cause)
      await start()
    })

    const refusedAdmin = () =>
      serverOf({
        signIn: { method: 'admin', user: 'admin@contoso.test', clientId: org.app.application.appId },
        secret: { token: 'no-such-refresh-token' },
      })

    it('says that a refused admin’s domain is still the tenant’s', async () => {
      await start()
      await using server = refusedAdmin()
      assert.deepEqual(await server.observe(recorded(org), never), { signIn: 'refused', user: 'admin@contoso.test' })
    })

    it('says that a refused admin’s domain has left the tenant, asked without any secret', async () => {
      await start()
      await using server = refusedAdmin()
      const known = { ...recorded(org), adminAddress: 'admin@moved.test', acceptedDomains: ['contoso.test', 'moved.test'] }
      assert.deepEqual(await server.observe(known, never), {
        signIn: 'refused',
        user: 'admin@contoso.test',
        acceptedDomains: ['contoso.test'],
      })
    })
  })

  describe('before a mailbox is moved to it', () => {
    const blocking = async (state: 'ready' | 'unlicensed' | 'onPremisesGuid' | 'softDeleted' | 'onPremises') => {
      await start()
      const anna = userBy(org.tenant, 'anna@contoso.test')
      assert.ok(anna)
      anna.state = state
      await using server = serverOf({ role: 'target' })
      const found = await server.resolve({ address: 'anna@contoso.test' }, never)
      assert.ok(found.found === 'one')
      return (await server.readiness?.(found.mailbox, never)) ?? []
    }

    it('says what is there, and which lines show what Graph doesn’t tell', async () => {
      const findings = await blocking('ready')
      assert.deepEqual(
        findings.filter(({ state }) => state === 'blocking'),
        [],
      )
      assert.equal(findings.find(({ about }) => about === 'mailbox')?.state, 'fine')
      const retention = findings.find(({ about }) => about === 'archivePolicy')
      assert.match(retention?.look ?? '', /RetentionHoldEnabled/)
      for (const finding of findings.filter(({ state }) => state === 'notExamined'))
        assert.ok(finding.look?.includes("'anna@contoso.test'"))
    })

    it('names a missing licence, and a mailbox that will never be made', async () => {
      assert.deepEqual(
        (await blocking('unlicensed')).map(({ about, state }) => [about, state]),
        [['licence', 'blocking']],
      )
      watch[Symbol.dispose]()
      await org[Symbol.asyncDispose]()
      const [finding] = await blocking('onPremisesGuid')
      assert.deepEqual([finding?.about, finding?.state], ['provisioning', 'blocking'])
      assert.match(finding?.look ?? '', /ExchangeGuid/)
    })
  })
})
