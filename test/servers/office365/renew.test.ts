import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Office365Settings } from '../../../src/domain/connection.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import type { AccessDeps } from '../../../src/servers/office365/access.ts'
import { readCertificate } from '../../../src/servers/office365/entra/certificate.ts'
import { type Renewing, renewCertificate } from '../../../src/servers/office365/registration/renewCertificate.ts'
import type { Secret } from '../../../src/servers/secretSource.ts'
import { type Contoso, contoso } from '../../sandbox/office365/support.ts'
import { watchGraph } from '../../support/graphShapes.ts'
import { tempDir } from '../../support/tempDir.ts'
import { never } from '../imap/support.ts'
import { certify } from './certified.ts'

interface Scene extends AsyncDisposable {
  readonly org: Contoso
  readonly pem: string
  /** Signs in by this secret; by the certificate unless told. */
  deps(secret?: Secret): AccessDeps
  renew(more?: Partial<Renewing>, secret?: Secret): ReturnType<typeof renewCertificate>
}

/** An application with a certificate and the rights to read mail: none over applications. */
async function scene(): Promise<Scene> {
  const dir = tempDir()
  const org = await contoso()
  const pem = await certify(org)
  await writeFile(join(dir.path, 'ca.pem'), org.ca)
  const deps = (secret: Secret = { pem }): AccessDeps => {
    const settings: Office365Settings = {
      kind: 'office365',
      at: { login: org.loginUrl, graph: org.graphUrl },
      trust: { caFile: join(dir.path, 'ca.pem') },
      signIn: {
        method: 'application',
        tenant: org.tenant.id,
        clientId: org.app.application.appId,
        credential: 'pem' in secret ? 'certificate' : 'secret',
      },
    }
    return {
      connection: { id: asConnectionId('c'), name: 'Cloud', role: 'source', settings, verification: { state: 'unverified' } },
      secrets: { secretFor: async () => secret },
    }
  }
  return {
    org,
    pem,
    deps,
    renew: (more, secret) => renewCertificate(deps(secret), { signal: never, now: Date.now(), pauseMs: 20, ...more }),
    async [Symbol.asyncDispose]() {
      await org[Symbol.asyncDispose]()
      dir[Symbol.dispose]()
    },
  }
}

const thumbprints = ({ app }: Contoso): string[] =>
  app.application.keyCredentials.map(({ certificate }) => new X509Certificate(certificate).fingerprint256)

const thumbprintOf = (pem: string): string => new X509Certificate(readCertificate(pem, 'Cloud').certificate).fingerprint256

describe('renewing a certificate by the application itself', function () {
  this.timeout(30_000)

  it('adds another beside the former one, without any permission for it, and what it answers signs in', async () => {
    await using here = await scene()
    using watch = watchGraph(here.org.graphUrl)
    const done = await here.renew()
    assert.ok(done.renewed, JSON.stringify(done))
    assert.deepEqual(thumbprints(here.org), [thumbprintOf(here.pem), thumbprintOf(done.certificate.pem)])
    const again = await here.renew({}, { pem: done.certificate.pem })
    assert.ok(again.renewed)
    assert.deepEqual(watch.problems, [])
  })

  it('answers once the tenant takes it for certain, and not before', async () => {
    await using here = await scene()
    here.org.tenant.switches.certificateLagMilliseconds = 300
    const asked = () => here.org.tenant.signIns.log.map(({ error }) => error)
    const done = await here.renew()
    assert.ok(done.renewed)
    assert.ok(asked().includes(700027), 'it was not known at first')
    assert.deepEqual(asked().slice(-3), [0, 0, 0])
  })

  it('takes the object id of a person where the tenant doesn’t tell the application of itself', async () => {
    await using here = await scene()
    here.org.tenant.switches.ownApplicationByAppId = false
    const refused = await here.renew()
    assert.ok(!refused.renewed)
    assert.equal(refused.why.code, 'permission.graph')
    assert.equal(thumbprints(here.org).length, 1)
    assert.ok((await here.renew({ objectId: here.org.app.application.id })).renewed)
  })

  it('can’t once the certificate has ended, nor by an id that isn’t the application’s', async () => {
    await using here = await scene()
    const other = here.org.tenant.registry.addApplication('Another')
    const refused = await here.renew({ objectId: other.id })
    assert.ok(!refused.renewed)
    assert.match(refused.why.code, /^permission\.graph$/)
    for (const credential of here.org.app.application.keyCredentials) credential.endDateTime = new Date(0).toISOString()
    const late = await here.renew()
    assert.ok(!late.renewed)
    assert.equal(late.why.code, 'signIn.expired')
    assert.equal(thumbprints(here.org).length, 1)
  })

  it('leaves the tenant alone where the secret can’t be stored, or is no certificate', async () => {
    await using here = await scene()
    const full = here.renew({ beforeAdding: () => Promise.reject(new Error('disk full')) })
    await assert.rejects(full, /disk full/)
    await assert.rejects(here.renew({}, { password: here.org.app.secret }), { code: 'usage' })
    assert.equal(thumbprints(here.org).length, 1)
  })

  it('works again after it was stopped between adding and storing', async () => {
    await using here = await scene()
    here.org.tenant.switches.certificateLagMilliseconds = 60_000
    const stop = new AbortController()
    const first = here.renew({ signal: stop.signal })
    while (thumbprints(here.org).length < 2) await new Promise(resolve => setTimeout(resolve, 20))
    stop.abort()
    await assert.rejects(first, { code: 'stopped' })
    here.org.tenant.switches.certificateLagMilliseconds = 0
    assert.ok((await here.renew()).renewed)
    assert.equal(thumbprints(here.org).length, 3)
  })
})
