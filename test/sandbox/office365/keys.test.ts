import assert from 'node:assert/strict'
import { createHash, sign, X509Certificate } from 'node:crypto'
import { testAuthority } from '../support.ts'
import { type Contoso, contoso } from './support.ts'

interface Key {
  readonly cert: string
  readonly key: string
}

const newKey = async (): Promise<Key> => (await testAuthority()).issue({ names: ['ferry'], algorithm: 'rsa' })
const derOf = ({ cert }: Key): Buffer => Buffer.from(new X509Certificate(cert).raw)
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const seconds = Math.floor(Date.now() / 1000)

/** A proof as the documentation has it made, but for what a test changes. */
function proofBy(key: Key, iss: string, claims: object = {}, header: object = {}): string {
  const x5t = createHash('sha1').update(derOf(key)).digest('base64url')
  const audience = '00000002-0000-0000-c000-000000000000'
  const body = `${encoded({ alg: 'RS256', typ: 'JWT', x5t, ...header })}.${encoded({ aud: audience, iss, nbf: seconds, exp: seconds + 600, ...claims })}`
  return `${body}.${sign('sha256', Buffer.from(body), key.key).toString('base64url')}`
}

/** An application without any permission that has a certificate. */
async function keyed(): Promise<Contoso & { readonly first: Key }> {
  const cloud = await contoso({ permissions: [] })
  const first = await newKey()
  const dates = { startDateTime: new Date(0).toISOString(), endDateTime: new Date(Date.now() + 86_400_000).toISOString() }
  cloud.app.application.keyCredentials.push({ keyId: 'first', displayName: undefined, certificate: derOf(first), ...dates })
  return { ...cloud, first }
}

const keyCredential = (key: Key) => ({ type: 'AsymmetricX509Cert', usage: 'Verify', key: derOf(key).toString('base64') })

describe('rolling an application’s keys in the sandbox’s Graph', () => {
  it('takes no permission, but a proof: another is added, by either name of the application, and the former one removed', async () => {
    await using cloud = await keyed()
    const { id, appId } = cloud.app.application
    const second = await newKey()
    const added = await cloud
      .client()
      .api(`/applications(appId='${appId}')/addKey`)
      .post({ keyCredential: keyCredential(second), passwordCredential: null, proof: proofBy(cloud.first, id) })
    assert.equal(added.type, 'AsymmetricX509Cert')
    await cloud
      .client()
      .api(`/applications/${id}/removeKey`)
      .post({ keyId: 'first', proof: proofBy(second, id) })
    assert.deepEqual(
      cloud.app.application.keyCredentials.map(({ keyId }) => keyId),
      [added.keyId],
    )
  })

  it('refuses every proof but the documented one', async () => {
    await using cloud = await keyed()
    const { id, appId } = cloud.app.application
    const stranger = await newKey()
    const proofs = {
      'of the client id': proofBy(cloud.first, appId),
      'for Graph': proofBy(cloud.first, id, { aud: '00000003-0000-0000-c000-000000000000' }),
      'for an hour': proofBy(cloud.first, id, { exp: seconds + 3600 }),
      'of yesterday': proofBy(cloud.first, id, { nbf: seconds - 86_400, exp: seconds - 85_800 }),
      'without an end': proofBy(cloud.first, id, { exp: undefined }),
      'by a key that it hasn’t': proofBy(stranger, id),
      'by another key than it names': proofBy(stranger, id, {}, { x5t: createHash('sha1').update(derOf(cloud.first)).digest('base64url') }),
      'that is none': 'proof',
    }
    for (const [what, proof] of Object.entries(proofs)) {
      const answer = cloud
        .client()
        .api(`/applications/${id}/addKey`)
        .post({ keyCredential: keyCredential(stranger), passwordCredential: null, proof })
      await assert.rejects(answer, { statusCode: 401, code: 'Authentication_MissingOrMalformed' }, what)
    }
    assert.equal(cloud.app.application.keyCredentials.length, 1)
  })

  it('gives key ids itself, and rolls no other application’s keys without permission', async () => {
    await using cloud = await keyed()
    const { id } = cloud.app.application
    const proof = proofBy(cloud.first, id)
    const post = (path: string, body: object) => cloud.client().api(path).post(body)
    const named = { keyCredential: { ...keyCredential(await newKey()), keyId: id }, passwordCredential: null, proof }
    await assert.rejects(post(`/applications/${id}/addKey`, named), /KeyId value must be null/)
    const other = cloud.tenant.registry.addApplication('Other')
    await assert.rejects(post(`/applications/${other.id}/addKey`, { ...named, keyCredential: keyCredential(await newKey()) }), {
      statusCode: 403,
    })
    await assert.rejects(post(`/applications/${id}/removeKey`, { keyId: 'none', proof }), /No credentials found/)
  })

  it('tells an application of itself, and of no other', async () => {
    await using cloud = await keyed()
    const { id, appId } = cloud.app.application
    const { id: other } = cloud.tenant.registry.addApplication('Other')
    const client = cloud.client()
    assert.deepEqual(
      await client
        .api(`/applications(appId='${appId}')`)
        .select('id')
        .get()
        .then(one => Object.keys(one).sort()),
      ['@odata.context', 'id'],
    )
    await assert.rejects(client.api(`/applications/${other}`).get(), { statusCode: 403 })
    cloud.tenant.switches.ownApplicationByAppId = false
    await assert.rejects(client.api(`/applications(appId='${appId}')`).get(), { statusCode: 403 })
    assert.equal((await client.api(`/applications/${id}`).get()).appId, appId)
  })
})
