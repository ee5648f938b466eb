import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLocalClient } from '../../src/engine/localClient.ts'
import type { DeviceCodeEvent, EngineEvent } from '../../src/rpc/events.ts'
import type { Person } from '../../src/sandbox/exchange/directory.ts'
import { type Contoso, contoso } from '../sandbox/office365/support.ts'
import { enterCode } from '../support/deviceSignIn.ts'
import { watchGraph } from '../support/graphShapes.ts'
import { tempDir } from '../support/tempDir.ts'

interface Scene extends AsyncDisposable {
  readonly cloud: Contoso
  readonly client: ReturnType<typeof createLocalClient>
  readonly place: { readonly at: { readonly login: string; readonly graph: string }; readonly trust: { readonly caFile: string } }
}

/** An engine beside the sandbox's tenant. */
async function scene(): Promise<Scene> {
  const dir = tempDir()
  const cloud = await contoso()
  const caFile = join(dir.path, 'ca.pem')
  await writeFile(caFile, cloud.ca)
  const client = createLocalClient({ ledger: join(dir.path, 'ledger.db'), version: '0.0.0' })
  return {
    cloud,
    client,
    place: { at: { login: cloud.loginUrl, graph: cloud.graphUrl }, trust: { caFile } },
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]()
      await cloud[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

/** Answers each code that is told as this person does. */
const entering =
  (cloud: Contoso, person: Person, more?: Readonly<Record<string, string>>, told: DeviceCodeEvent[] = []) =>
  (event: EngineEvent): void => {
    if (event.event !== 'deviceCode') return
    told.push(event)
    void enterCode(cloud, event, person, more)
  }

describe('signing an administrator in by a code', function () {
  this.timeout(30_000)

  it('gives a refresh token by which a connection works', async () => {
    await using here = await scene()
    const { cloud, client, place } = here
    const told: DeviceCodeEvent[] = []
    const { user, refreshToken, clientId, tenant } = await client.call(
      'office365.signIn',
      { role: 'target', ...place },
      { emit: entering(cloud, cloud.admin, undefined, told) },
    )
    assert.deepEqual([user, tenant, told.length], ['admin@contoso.test', cloud.tenant.id, 1])
    const checks: string[] = []
    const { recorded } = await client.call(
      'connection.tryOut',
      {
        connection: { name: 'Cloud', role: 'target', kind: 'office365', ...place, signIn: { method: 'admin', user, clientId } },
        secret: refreshToken,
        mailbox: user,
      },
      { emit: event => event.event === 'check' && checks.push(`${event.name} ${event.state} ${event.detail}`) },
    )
    assert.equal(recorded?.organisation, cloud.tenant.id, checks.join('\n'))
    assert.ok(checks.some(check => check.includes('opens other people’s mailboxes only where he has full access')))
  })

  it('says so where the person declines, and where the client is unknown', async () => {
    await using here = await scene()
    const { cloud, client, place } = here
    const declining = entering(cloud, cloud.admin, { decline: 'yes' })
    await assert.rejects(client.call('office365.signIn', { role: 'source', ...place }, { emit: declining }), { code: 'signIn.refused' })
    await assert.rejects(client.call('office365.signIn', { role: 'source', ...place, clientId: 'unknown' }), {
      code: 'application.unknown',
    })
  })

  it('ends when it is stopped, at the next look', async () => {
    await using here = await scene()
    const stop = new AbortController()
    const emit = (event: EngineEvent) => event.event === 'deviceCode' && stop.abort()
    await assert.rejects(here.client.call('office365.signIn', { role: 'source', ...here.place }, { signal: stop.signal, emit }), {
      code: 'stopped',
    })
  })
})

describe('registering an application through the engine', function () {
  this.timeout(30_000)

  it('makes a certificate, signs in by a code, and what it registers signs in and opens a mailbox', async () => {
    await using here = await scene()
    const { cloud, client, place } = here
    using watch = watchGraph(cloud.graphUrl)
    const { pem, certificate } = await client.call('office365.certificate', {})
    const done = await client.call(
      'office365.register',
      { role: 'target', ...place, certificate, fullFidelity: true, signIn: { tenant: 'contoso.test' } },
      { emit: entering(cloud, cloud.admin) },
    )
    assert.ok(done.registered, JSON.stringify(done))
    const { tenant, clientId } = done
    assert.equal(tenant, cloud.tenant.id)
    const { recorded } = await client.call('connection.tryOut', {
      connection: {
        name: 'Cloud',
        role: 'target',
        kind: 'office365',
        ...place,
        signIn: { method: 'application', tenant, clientId, credential: 'certificate' },
      },
      secret: pem,
      mailbox: 'anna@contoso.test',
    })
    assert.equal(recorded?.organisation, cloud.tenant.id)
    assert.deepEqual(watch.problems, [])
  })

  it('says why where the administrator may not, and leaves nothing behind', async () => {
    await using here = await scene()
    const { cloud, client, place } = here
    const { certificate } = await client.call('office365.certificate', {})
    const before = cloud.tenant.registry.applications.length
    const token = cloud.tenant.tokens.issue({
      audience: 'https://graph.microsoft.com',
      appId: cloud.app.application.appId,
      objectId: cloud.anna.objectGuid,
      scope: 'Application.ReadWrite.All AppRoleAssignment.ReadWrite.All',
      upn: cloud.anna.userPrincipalName,
    })
    const done = await client.call('office365.register', {
      role: 'source',
      ...place,
      certificate,
      fullFidelity: false,
      signIn: { token, user: cloud.anna.userPrincipalName },
    })
    assert.ok(!done.registered)
    assert.deepEqual([done.why.code, done.left, done.tenant], ['permission.graph', undefined, cloud.tenant.id])
    assert.equal(cloud.tenant.registry.applications.length, before)
  })

  it('gives a script and the steps of the portal for the named mailboxes', async () => {
    await using here = await scene()
    const { certificate } = await here.client.call('office365.certificate', {})
    const asked = { role: 'source' as const, certificate, mailboxes: ['anna@contoso.test'] }
    const { script, steps } = await here.client.call('office365.registerScript', asked)
    assert.match(script, /'anna@contoso\.test'/)
    assert.match(steps.join('\n'), /Application Mail\.Read/)
    await assert.rejects(here.client.call('office365.registerScript', { ...asked, certificate: 'none' }), { code: 'usage' })
  })
})
