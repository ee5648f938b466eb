import assert from 'node:assert/strict'
import { Agent, fetch as request } from 'undici'
import { planFiles } from '../../../src/sandbox/exports.ts'
import { exchangeSide } from '../../../src/sandbox/sides/exchangeSide.ts'
import { type Office365Side, office365Side } from '../../../src/sandbox/sides/office365Side.ts'
import { startWorld } from '../../../src/sandbox/world.ts'
import { openLine } from '../support.ts'

interface Asker extends AsyncDisposable {
  /** Graph, as the side's application. */
  graph(side: Office365Side, path: string): Promise<Record<string, unknown>>
  token(side: Office365Side, form: Record<string, string>): Promise<Record<string, unknown>>
}

function asker(ca: string): Asker {
  const dispatcher = new Agent({ connect: { ca } })
  const token: Asker['token'] = async (side, form) => {
    const { application, secret } = side.application
    const body = new URLSearchParams({ client_id: application.appId, client_secret: secret, ...form })
    const answer = await request(`${side.loginUrl}/${side.tenant.id}/oauth2/v2.0/token`, { method: 'POST', body, dispatcher })
    return Object(await answer.json())
  }
  return {
    token,
    async graph(side, path) {
      const { access_token } = await token(side, { grant_type: 'client_credentials', scope: `${side.graphUrl}/.default` })
      const answer = await request(`${side.graphUrl}/v1.0/${path}`, { dispatcher, headers: { authorization: `Bearer ${access_token}` } })
      return Object(await answer.json())
    },
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  }
}

describe('a sandbox with Office 365', () => {
  it('lets people leave Exchange for a tenant, which has them under its own domain until the domain moves', async () => {
    await using sandbox = await startWorld({ people: 2, messagesEach: 20 }, exchangeSide(), office365Side())
    await using ask = asker(sandbox.caCert)
    const { receiving, domain } = sandbox
    const [person] = receiving.people
    const local = person?.userPrincipalName.split('@')[0]
    const user = async (name: string) => await ask.graph(receiving, `users/${name}?$select=id,mail,userPrincipalName,proxyAddresses`)
    const before = await user(`${local}@northwind.onmicrosoft.com`)
    sandbox.moveDomain()
    const after = await user(`${local}@${domain}`)
    assert.equal(after['id'], before['id'])
    assert.deepEqual(after['proxyAddresses'], [`SMTP:${local}@${domain}`, `smtp:${local}@northwind.onmicrosoft.com`])
    assert.equal(Object((await user(`${local}@northwind.onmicrosoft.com`))['error']).code, 'Request_ResourceNotFound')
    const domains = (await ask.graph(receiving, 'domains'))['value'] as { id: string }[]
    assert.deepEqual(
      domains.map(({ id }) => id),
      ['northwind.onmicrosoft.com', domain],
    )
    sandbox.deliver(1)
    assert.deepEqual(sandbox.domainOwner(), receiving)
  })

  it('takes a domain from one tenant to another: names, addresses and sign-in names go, object ids stay', async () => {
    await using sandbox = await startWorld({ people: 2, messagesEach: 20 }, office365Side(), office365Side())
    await using ask = asker(sandbox.caCert)
    const { leaving, receiving, domain } = sandbox
    assert.notEqual(leaving.tenant.id, receiving.tenant.id)
    const [person] = leaving.people
    const old = person?.userPrincipalName ?? ''
    const { id } = await ask.graph(leaving, `users/${old}`)
    assert.ok((((await ask.graph(leaving, `users/${old}/messages?$select=subject`))['value'] ?? []) as unknown[]).length > 0)
    sandbox.moveDomain()
    const local = old.split('@')[0]
    const left = await ask.graph(leaving, `users/${String(id)}`)
    assert.deepEqual([left['userPrincipalName'], left['mail']], [`${local}@fabrikam.onmicrosoft.com`, `${local}@fabrikam.onmicrosoft.com`])
    const errors = async (side: Office365Side, username: string, password = '') =>
      (await ask.token(side, { grant_type: 'password', scope: 'https://graph.microsoft.com/User.Read', username, password }))['error_codes']
    assert.deepEqual(await errors(leaving, `admin@${domain}`, leaving.admin.password), [50034])
    assert.deepEqual(await errors(leaving, 'admin@fabrikam.onmicrosoft.com', leaving.admin.password), [65001])
    assert.deepEqual(await errors(receiving, `admin@${domain}`, receiving.admin.password), [65001])
    assert.equal((await ask.graph(leaving, `users/${old}`))['userPrincipalName'], undefined)
  })

  it('answers EWS by OAuth alone, and only where the tenant allows it', async () => {
    await using sandbox = await startWorld({ people: 1 }, exchangeSide(), office365Side({ permissions: ['full_access_as_app'] }))
    await using ask = asker(sandbox.caCert)
    const { receiving, caCert } = sandbox
    const { access_token } = await ask.token(receiving, {
      grant_type: 'client_credentials',
      scope: 'https://outlook.office365.com/.default',
    })
    using line = openLine(caCert)
    const [person] = receiving.people
    const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Header><t:RequestServerVersion Version="Exchange2013_SP1"/><t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${person?.primarySmtpAddress}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header><s:Body><m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder></s:Body></s:Envelope>`
    const headers = { authorization: `Bearer ${String(access_token)}`, 'content-type': 'text/xml' }
    const status = async () => (await line.ask(receiving.exchange.ewsUrl, { headers, body })).status
    assert.equal(await status(), 401)
    receiving.tenant.switches.ewsEnabled = true
    assert.match((await line.ask(receiving.exchange.ewsUrl, { headers, body })).body, /NoError/)
    receiving.tenant.switches.ewsEnabled = false
    assert.equal(await status(), 401)
  })

  it('writes a plan that signs in as the application, with the secret beside it', async () => {
    await using sandbox = await startWorld({ people: 1 }, exchangeSide(), office365Side())
    const files = planFiles(sandbox)
    const { connections } = JSON.parse(files['plan.json'] ?? '')
    const { receiving } = sandbox
    assert.deepEqual(connections[1], {
      name: 'receiving',
      role: 'target',
      kind: 'office365',
      trust: { caFile: 'ca.pem' },
      secret: { file: 'receiving.secret' },
      at: { login: receiving.loginUrl, graph: receiving.graphUrl },
      signIn: {
        method: 'application',
        tenant: receiving.tenant.id,
        clientId: receiving.application.application.appId,
        credential: 'secret',
      },
    })
    assert.equal(files['receiving.secret'], `${receiving.application.secret}\n`)
  })
})
