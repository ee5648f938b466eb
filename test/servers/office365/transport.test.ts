import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { isError } from '../../../src/domain/errors.ts'
import { describe as inWords } from '../../../src/domain/errorText.ts'
import { graphError } from '../../../src/servers/office365/graph/graphError.ts'
import type { GraphRequest, SendOptions } from '../../../src/servers/office365/graph/graphTransport.ts'
import type { TestCertificate } from '../../support/certificate.ts'
import { bytesOf, certificateFor } from '../exchange/support.ts'
import { never, problemOf } from '../imap/support.ts'
import { canaries, graph, json, refusal, type ScriptedCloud, scriptedCloud } from './support.ts'

type Script = Parameters<typeof scriptedCloud>[1]

describe('the transport of Graph', () => {
  let certificate: TestCertificate
  let cloud: ScriptedCloud
  before(async () => {
    certificate = await certificateFor('login.test', 'graph.test', 'outlook.test')
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  const reach = async (script: Script, more?: Parameters<typeof scriptedCloud>[2]) => {
    cloud = await scriptedCloud(certificate, script, more)
    return cloud.transport
  }
  const get = (path: string, options: Partial<SendOptions> = {}, request: Partial<GraphRequest> = {}) =>
    cloud.transport.send({ method: 'GET', path, ...request }, { signal: never, ...options })
  const problem = async (graphScript: Script['graph'], path = '/users') => {
    await reach(graphScript === undefined ? {} : { graph: graphScript })
    return problemOf(get(path))
  }
  const graphRequests = () => cloud.server.seen.filter(({ headers }) => headers.host === 'graph.test')

  it('asks with a token, immutable ids and an id of its own for each request, and reads compressed JSON', async () => {
    await reach({
      graph: (_request, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json;odata.metadata=minimal', 'content-encoding': 'gzip' })
          .end(gzipSync('{"value":[1]}')),
    })
    const first = await get('/users?$top=1', {}, { headers: { Prefer: 'odata.maxpagesize=5' } })
    await get('/users')
    assert.deepEqual([first.status, first.json], [200, { value: [1] }])
    const [seen, second] = graphRequests()
    assert.equal(seen?.path, '/v1.0/users?$top=1')
    assert.equal(seen?.headers.authorization, 'Bearer kanari3n-token-1')
    assert.equal(seen?.headers['prefer'], 'IdType="ImmutableId", odata.maxpagesize=5')
    assert.match(String(seen?.headers['client-request-id']), /^[0-9a-f-]{36}$/)
    assert.notEqual(seen?.headers['client-request-id'], second?.headers['client-request-id'])
    assert.equal(cloud.tokenRequests().length, 1, 'one token for both')
    assert.equal(cloud.server.connections(), 2, 'one connection to Entra, one to Graph')
  })

  it('sends JSON and bytes with their types and lengths', async () => {
    await reach({ graph: (_request, response) => json(response, { id: 'x' }, 201) })
    await get('/me/a', {}, { method: 'POST', json: { subject: 'Grüße' } })
    await get('/me/b', {}, { method: 'PUT', content: { type: 'text/plain', bytes: [Buffer.from('TU'), Buffer.from('lNRQ==')] } })
    const [first, second] = graphRequests()
    assert.deepEqual(
      [first, second].map(request => [request?.headers['content-type'], request?.headers['content-length'], request?.body.toString()]),
      [
        ['application/json', '22', '{"subject":"Grüße"}'],
        ['text/plain', '8', 'TUlNRQ=='],
      ].map(([type, , body]) => [type, String(Buffer.byteLength(body ?? '')), body]),
    )
  })

  it('streams what is asked for raw', async () => {
    await reach({ graph: (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('From: ann\r\n') })
    const { stream } = await get('/me/messages/x/$value', {}, { raw: true })
    assert.ok(stream)
    assert.equal((await bytesOf(stream)).toString(), 'From: ann\r\n')
  })

  it('renews a token that the server refuses, once, and sends again what wasn’t looked at', async () => {
    await reach({
      graph: (request, response) =>
        request.headers.authorization === 'Bearer kanari3n-token-1'
          ? json(response, refusal('InvalidAuthenticationToken', 'Access token has expired'), 401)
          : json(response, { id: 'x' }),
    })
    assert.deepEqual((await get('/me', {}, { method: 'POST', json: {} })).json, { id: 'x' })
    assert.equal(cloud.tokenRequests().length, 2)
  })

  it('says that a sign-in isn’t taken where a new token doesn’t help either, without the token', async () => {
    const error = await problem((request, response) =>
      json(response, refusal('InvalidAuthenticationToken', `no good: ${request.headers.authorization}`), 401),
    )
    assert.equal(error.code, 'signIn.refused')
    for (const canary of canaries) assert.ok(!JSON.stringify(error).includes(canary))
  })

  it('answers what Graph refuses, with its code, to be known by the caller', async () => {
    await reach({ graph: (_request, response) => json(response, refusal('ErrorItemNotFound', 'gone'), 404) })
    const { status, error } = await get('/me/messages/x')
    assert.deepEqual([status, error], [404, { code: 'ErrorItemNotFound', message: 'gone', requestId: 'r-1' }])
  })

  const meanings: readonly (readonly [string, number, unknown, string])[] = [
    ['consent that is missing', 403, refusal('Authorization_RequestDenied', 'Insufficient privileges'), 'permission.graph'],
    ['an access policy', 403, refusal('ErrorAccessDenied', 'Access to OData is disabled: [RAOP] : Blocked by policy'), 'permission.graph'],
    ['a user without a mailbox', 404, refusal('MailboxNotEnabledForRESTAPI', 'inactive, soft-deleted or on-premise'), 'mailbox.notOnline'],
    ['nobody of that name', 404, refusal('Request_ResourceNotFound'), 'mailbox.notFound'],
    ['a locked mailbox', 423, refusal('locked'), 'server.busy'],
    ['a full mailbox', 507, refusal('ErrorQuotaExceeded'), 'mailbox.full'],
    ['a lost sync state', 410, refusal('SyncStateNotFound'), 'server.refused'],
  ]
  for (const [what, status, body, code] of meanings) {
    it(`has words for ${what}`, async () => {
      await reach({ graph: (_request, response) => json(response, body, status) })
      const answer = await get('/users/ann/messages')
      const error = graphError(answer, {
        host: 'graph.test',
        connection: 'Cloud',
        user: 'client-1',
        mailbox: 'ann',
        operation: 'GET',
        needs: ['Mail.Read'],
      })
      assert.equal(error.code, code)
      if (isError(error, 'permission.graph')) assert.equal(error.params.reason, what === 'an access policy' ? 'policy' : 'consent')
    })
  }

  it('tells somebody who signed in himself that another’s mailbox takes full access, and consent for others’ mail', async () => {
    await reach({ graph: (_request, response) => json(response, refusal('ErrorAccessDenied', 'Access is denied.'), 403) })
    const answer = await get('/users/ann/messages')
    const about = { host: 'graph.test', connection: 'Cloud', user: 'ada@contoso.test', operation: 'GET', needs: ['Mail.Read.Shared'] }
    const error = graphError(answer, { ...about, mailbox: "o'hara@contoso.test" })
    const { next } = inWords(error)
    assert.match(next, /Add-MailboxPermission -Identity 'o''hara@contoso\.test' -User 'ada@contoso\.test' -AccessRights FullAccess/)
    assert.match(next, /Mail\.Read\.Shared consented to/)
    const own = graphError(answer, { ...about, mailbox: 'Ada@contoso.test' })
    assert.ok(isError(own, 'permission.graph') && own.params.reason === 'consent')
  })

  it('names a proxy’s page, a redirection and damaged JSON', async () => {
    for (const answer of [
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in to the proxy</html>' },
      { status: 302, headers: { location: 'https://elsewhere.test/?kanari3n-link' }, body: '' },
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"value":' },
    ]) {
      const error = await problem((_request, response) => response.writeHead(answer.status, answer.headers).end(answer.body))
      assert.equal(error.code, answer.body.startsWith('<') ? 'server.webPage' : 'server.protocol')
      assert.ok(!JSON.stringify(error.params).includes('kanari3n'))
      await cloud[Symbol.asyncDispose]()
    }
    await reach({})
  })

  it('leaves open what became of a request whose server failed or went away', async () => {
    for (const [status, code] of [
      [500, 'server.dropped'],
      [502, 'server.dropped'],
      [504, 'server.dropped'],
    ] as const) {
      assert.equal((await problem((_request, response) => json(response, refusal('x'), status))).code, code)
      await cloud[Symbol.asyncDispose]()
    }
    assert.equal((await problem((_request, response) => response.destroy())).code, 'server.dropped')
  })

  it('sends nothing after the caller’s last word, and every slice of a body under it', async () => {
    await reach({ graph: (_request, response) => json(response, {}) })
    await get('/me')
    let calls = 0
    const beforeSend = () => {
      calls += 1
      if (calls > 2) throw new Error('too late')
    }
    const bytes = [Buffer.alloc(200_000)]
    await assert.rejects(get('/me', { beforeSend }, { method: 'PUT', content: { type: 'text/plain', bytes } }))
    assert.equal(graphRequests().length, 1)
  })

  it('follows links of the same Graph only, and as they are', async () => {
    await reach({ graph: (_request, response) => json(response, {}) })
    await get(`${graph}/v1.0/users?$skiptoken=a%2Bb~c`)
    assert.equal(graphRequests()[0]?.path, '/v1.0/users?$skiptoken=a%2Bb~c')
    for (const link of [
      'https://evil.test/v1.0/users?kanari3n-link',
      `${graph}.evil.test/v1.0/users`,
      'https://user@graph.test/v1.0/users',
      `${graph}/beta/users`,
      '//evil.test/x',
    ]) {
      const error = await problemOf(get(link))
      assert.equal(error.code, 'server.protocol', link)
      assert.ok(!JSON.stringify(error.params).includes('kanari3n'))
    }
    assert.equal(graphRequests().length, 1)
  })

  it('uploads to an address that Graph named without the token, and keeps the address to itself', async () => {
    await reach({
      outlook: (_request, response) => json(response, refusal('x', 'no: https://outlook.test/import?token=kanari3n-link'), 400),
    })
    const answer = await cloud.transport.sendTo(
      'https://outlook.test/import?token=kanari3n-link',
      { method: 'POST', json: { FolderId: 'f' } },
      { signal: never },
    )
    const [seen] = cloud.server.seen
    assert.deepEqual([seen?.path, seen?.headers.authorization], ['/import?token=kanari3n-link', undefined])
    assert.ok(!JSON.stringify(answer.error).includes('kanari3n'))
    assert.equal(cloud.tokenRequests().length, 0)
  })

  describe('in a batch', () => {
    it('answers in order, each with its status, bytes where they aren’t JSON', async () => {
      await reach({
        graph: (_request, response) =>
          json(response, {
            responses: [
              { id: '2', status: 404, headers: { 'Content-Type': 'application/json' }, body: refusal('ErrorItemNotFound') },
              { id: '1', status: 200, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('MIME').toString('base64') },
            ],
          }),
      })
      const [first, second, third] = await cloud.transport.batch(
        [
          { method: 'GET', path: '/me/messages/a/$value' },
          { method: 'GET', path: `${graph}/v1.0/me/messages/b` },
          { method: 'POST', path: '/me/messages', json: { subject: 's' } },
        ],
        { signal: never },
      )
      assert.deepEqual([first?.bytes?.toString(), second?.error?.code, third?.status], ['MIME', 'ErrorItemNotFound', 500])
      const sent = JSON.parse(graphRequests()[0]?.body.toString() ?? '')
      assert.deepEqual(sent.requests[1], { id: '2', method: 'GET', url: '/me/messages/b', headers: { Prefer: 'IdType="ImmutableId"' } })
      assert.equal(sent.requests[2].headers['Content-Type'], 'application/json')
    })

    it('makes the mailbox wait as long as any of its answers asks for', async () => {
      let asked = 0
      await reach({
        graph: (request, response) => {
          asked += 1
          if (request.url === '/v1.0/me') return json(response, {})
          json(response, { responses: [{ id: '1', status: 429, headers: { 'Retry-After': '1' }, body: refusal('ApplicationThrottled') }] })
        },
      })
      const [answer] = await cloud.transport.batch([{ method: 'GET', path: '/me' }], { signal: never, mailbox: 'ann' })
      assert.equal(answer?.status, 429)
      const waits: number[] = []
      const before = performance.now()
      await get('/me', { mailbox: 'bob' })
      assert.ok(performance.now() - before < 900, 'another mailbox doesn’t wait')
      await get('/me', { mailbox: 'ANN', onBusy: ms => waits.push(ms) })
      assert.ok(performance.now() - before >= 900)
      assert.equal(waits.length, 1)
      assert.equal(asked, 3)
    })
  })

  it('asks for patience with what the server said', async () => {
    await reach({ graph: (_request, response) => json(response, refusal('TooManyRequests'), 429, { 'retry-after': '7' }) })
    const error = await problemOf(get('/me'))
    assert.deepEqual(error, { code: 'server.busy', params: { host: 'graph.test', response: 'TooManyRequests', retryAfterMs: 7000 } })
  })

  it('has four requests of a mailbox under way at most, and fewer after a refusal for it', async () => {
    let open = 0
    let most = 0
    let refuse = true
    await reach({
      graph: (_request, response) => {
        open += 1
        most = Math.max(most, open)
        setTimeout(() => {
          open -= 1
          if (refuse)
            json(response, refusal('ApplicationThrottled', 'Application is over its MailboxConcurrency limit.'), 429, {
              'retry-after': '0',
            })
          else json(response, {})
        }, 20)
      },
    })
    const many = () => Promise.allSettled(Array.from({ length: 12 }, () => get('/me', { mailbox: 'ann' })))
    refuse = false
    await many()
    assert.equal(most, 4)
    refuse = true
    await problemOf(get('/me', { mailbox: 'ann' }))
    refuse = false
    most = 0
    await many()
    assert.ok(most < 4)
  })
})
