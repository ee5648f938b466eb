import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { ConfidentialClientApplication, PublicClientApplication } from '@azure/msal-node'
import { Agent, fetch as request } from 'undici'
import { testAuthority } from '../support.ts'
import { type Contoso, contoso, errorCode } from './support.ts'

const scope = 'https://graph.microsoft.com/.default'

const byApp = ({ app }: Contoso, more: Record<string, string> = {}): Record<string, string> => ({
  client_id: app.application.appId,
  client_secret: app.secret,
  grant_type: 'client_credentials',
  scope,
  ...more,
})

const aadsts = ({ json }: { readonly json: Record<string, unknown> }): unknown => [json['error'], json['error_codes']]

/** The network of Microsoft's library, trusting the sandbox's authority. */
function network(ca: string) {
  const dispatcher = new Agent({ connect: { ca } })
  const send = async (url: string, method: string, options?: { headers?: Record<string, string>; body?: string }) => {
    const answer = await request(url, { method, dispatcher, ...options })
    return { headers: Object.fromEntries(answer.headers), body: JSON.parse(await answer.text()), status: answer.status }
  }
  return {
    sendGetRequestAsync: (url: string, options?: object) => send(url, 'GET', options),
    sendPostRequestAsync: (url: string, options?: object) => send(url, 'POST', options),
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  }
}

describe('the sandbox’s Entra', () => {
  it('gives an application a token with the permissions an administrator consented to, and no others', async () => {
    await using cloud = await contoso({ permissions: ['Mail.Read', 'User.Read.All'] })
    const claims = cloud.tenant.tokens.check(await cloud.appToken())
    assert.ok(typeof claims === 'object')
    assert.deepEqual(
      [claims.roles, claims.tid, claims.appid],
      [['Mail.Read', 'User.Read.All'], cloud.tenant.id, cloud.app.application.appId],
    )
    cloud.app.principal.roleAssignments.length = 0
    const withdrawn = cloud.tenant.tokens.check(await cloud.appToken())
    assert.equal(typeof withdrawn === 'object' && withdrawn.roles, undefined)
  })

  it('says in Entra’s own numbers why there is no token', async () => {
    await using cloud = await contoso()
    const { application } = cloud.app
    assert.deepEqual(aadsts(await cloud.token(byApp(cloud, { client_secret: 'guess' }))), ['invalid_client', [7000215]])
    assert.deepEqual(aadsts(await cloud.token(byApp(cloud), 'nowhere.test')), ['invalid_request', [90002]])
    assert.deepEqual(aadsts(await cloud.token(byApp(cloud, { client_id: cloud.tenant.id }))), ['unauthorized_client', [700016]])
    assert.deepEqual(aadsts(await cloud.token(byApp(cloud, { scope: 'https://graph.microsoft.com/Mail.Read' }))), [
      'invalid_scope',
      [1002012],
    ])
    for (const secret of application.secrets) secret.endDateTime = new Date(0).toISOString()
    const expired = await cloud.token(byApp(cloud))
    assert.deepEqual([expired.status, ...(aadsts(expired) as unknown[])], [401, 'invalid_client', [7000222]])
    assert.deepEqual(
      cloud.tenant.signIns.log.map(({ error }) => error),
      [7000215, 700016, 1002012, 7000222],
    )
  })

  it('takes Microsoft’s own library with a secret and with a certificate, and refuses one that isn’t registered', async () => {
    await using cloud = await contoso()
    await using net = network(cloud.ca)
    const { application, secret } = cloud.app
    const authority = `${cloud.loginUrl}/${cloud.tenant.id}`
    const common = { clientId: application.appId, authority, knownAuthorities: [new URL(cloud.loginUrl).host] }
    const bySecret = new ConfidentialClientApplication({ auth: { ...common, clientSecret: secret }, system: { networkClient: net } })
    assert.ok((await bySecret.acquireTokenByClientCredential({ scopes: [scope] }))?.accessToken)

    const { cert, key } = await (await testAuthority()).issue({ names: ['mover'], algorithm: 'rsa' })
    const certificate = Buffer.from(new X509Certificate(cert).raw)
    const clientCertificate = { privateKey: key, thumbprintSha256: createHash('sha256').update(certificate).digest('hex'), x5c: cert }
    const byCertificate = () =>
      new ConfidentialClientApplication({
        auth: { ...common, clientCertificate },
        system: { networkClient: net },
      }).acquireTokenByClientCredential({
        scopes: [scope],
      })
    await assert.rejects(byCertificate(), /AADSTS700027/)
    const days = (count: number): string => new Date(Date.now() + count * 86_400_000).toISOString()
    application.keyCredentials.push({ keyId: 'k', displayName: 'mover', certificate, startDateTime: days(-1), endDateTime: days(9) })
    assert.ok((await byCertificate())?.accessToken)
    for (const credential of application.keyCredentials) credential.endDateTime = days(-1)
    await assert.rejects(byCertificate(), /The key used is expired/)
  })

  it('refuses an assertion by a clock that is wrong, and one signed with another key', async () => {
    let ahead = 0
    await using cloud = await contoso({ now: () => Date.now() + ahead })
    await using net = network(cloud.ca)
    const { application } = cloud.app
    const { cert, key } = await (await testAuthority()).issue({ names: ['mover'], algorithm: 'rsa' })
    const certificate = Buffer.from(new X509Certificate(cert).raw)
    application.keyCredentials.push({
      keyId: 'k',
      displayName: 'mover',
      certificate,
      startDateTime: '',
      endDateTime: '2090-01-01T00:00:00Z',
    })
    const thumbprintSha256 = createHash('sha256').update(certificate).digest('hex')
    const client = (privateKey: string) =>
      new ConfidentialClientApplication({
        auth: {
          clientId: application.appId,
          authority: `${cloud.loginUrl}/${cloud.tenant.id}`,
          knownAuthorities: [new URL(cloud.loginUrl).host],
          clientCertificate: { privateKey, thumbprintSha256 },
        },
        system: { networkClient: net },
      }).acquireTokenByClientCredential({ scopes: [scope] })
    ahead = 3_600_000
    await assert.rejects(client(key), /AADSTS700024/)
    ahead = 0
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    await assert.rejects(client(other), /AADSTS700027/)
  })

  it('signs a person in by device code once consented to, renews the token, and ends the session when it is revoked', async () => {
    await using cloud = await contoso()
    await using net = network(cloud.ca)
    const { registry, users } = cloud.tenant
    const application = registry.addApplication('Editor', { isPublicClient: true })
    const principal = registry.addServicePrincipal(application.appId, 'Editor')
    const graph = registry.servicePrincipal('00000003-0000-0000-c000-000000000000')
    const client = new PublicClientApplication({
      auth: {
        clientId: application.appId,
        authority: `${cloud.loginUrl}/${cloud.tenant.id}`,
        knownAuthorities: [new URL(cloud.loginUrl).host],
      },
      system: { networkClient: net },
    })
    const enter = (password: string) => (code: { userCode: string; verificationUri: string }) => {
      const body = new URLSearchParams({ code: code.userCode, username: cloud.anna.userPrincipalName, password })
      void cloud.ask(code.verificationUri, { method: 'POST', body })
    }
    const scopes = ['https://graph.microsoft.com/Mail.ReadWrite']
    await assert.rejects(client.acquireTokenByDeviceCode({ scopes, deviceCodeCallback: enter(cloud.anna.password) }))
    assert.equal(cloud.tenant.signIns.log.at(-1)?.error, 65001)
    principal.grants.push({ id: 'g', resourceId: graph?.id ?? '', principalId: undefined, scope: 'Mail.ReadWrite User.Read' })
    const result = await client.acquireTokenByDeviceCode({ scopes, deviceCodeCallback: enter(cloud.anna.password) })
    const claims = cloud.tenant.tokens.check(result?.accessToken ?? '')
    assert.ok(typeof claims === 'object')
    assert.deepEqual([claims.upn, claims.scp], ['anna@contoso.test', 'Mail.ReadWrite User.Read'])
    assert.ok(result?.account)
    const renewed = await client.acquireTokenSilent({ scopes, account: result.account, forceRefresh: true })
    assert.ok(renewed.accessToken)
    const anna = users.get(cloud.anna.objectGuid)
    assert.ok(anna)
    anna.sessionsValidFrom = Date.now() + 1
    await assert.rejects(client.acquireTokenSilent({ scopes, account: result.account, forceRefresh: true }))
    assert.equal(cloud.tenant.signIns.log.at(-1)?.error, 50173)
  }).timeout(20_000)

  it('tells people apart: unknown, wrong password, locked, disabled, blocked', async () => {
    await using cloud = await contoso({ lockAfter: 2 })
    const { registry, users } = cloud.tenant
    const application = registry.addApplication('Editor', { isPublicClient: true })
    registry.addServicePrincipal(application.appId, 'Editor')
    const enter = async (username: string, password: string) =>
      (await cloud.token({ client_id: application.appId, grant_type: 'password', scope, username, password })).json['error_codes']
    assert.deepEqual(await enter('nobody@contoso.test', 'x'), [50034])
    assert.deepEqual(await enter('anna@contoso.test', 'x'), [50126])
    assert.deepEqual(await enter('anna@contoso.test', cloud.anna.password), [65001])
    assert.deepEqual(await enter('anna@contoso.test', 'x'), [50126])
    assert.deepEqual(await enter('anna@contoso.test', 'y'), [50126])
    assert.deepEqual(await enter('anna@contoso.test', cloud.anna.password), [50053])
    const ben = users.get(cloud.ben.objectGuid)
    assert.ok(ben)
    ben.isBlocked = true
    assert.deepEqual(await enter('ben@contoso.test', cloud.ben.password), [53003])
    ben.person.accountDisabled = true
    assert.deepEqual(await enter('ben@contoso.test', cloud.ben.password), [50057])
  })

  it('is taken at its word by Graph only while a token is whole, current and meant for it', async () => {
    let ahead = 0
    await using cloud = await contoso({ now: () => Date.now() + ahead })
    const token = await cloud.appToken()
    const users = (authorization: string) => cloud.ask(`${cloud.graphUrl}/v1.0/users`, { headers: { authorization } })
    assert.equal((await users(`Bearer ${token}`)).status, 200)
    assert.equal(errorCode(await users(`Bearer ${token.slice(0, -8)}AAAAAAAA`)), 'InvalidAuthenticationToken')
    const { json } = await cloud.token(byApp(cloud, { scope: 'https://outlook.office365.com/.default' }))
    assert.match((await users(`Bearer ${String(json['access_token'])}`)).text, /Invalid audience/)
    ahead = 3_700_000
    assert.match((await users(`Bearer ${token}`)).text, /expired/)
    ahead = 0
    cloud.tenant.tokens.validFrom = Date.now() + 60_000
    const revoked = await users(`Bearer ${token}`)
    assert.deepEqual([revoked.status, errorCode(revoked)], [401, 'InvalidAuthenticationToken'])
  })
})
