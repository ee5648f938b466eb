import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { MailferryError } from '../../../src/domain/errors.ts'
import type { TestCertificate } from '../../support/certificate.ts'
import { never, problemOf } from '../imap/support.ts'
import { ask, bytesOf, canary, certificateFor, networkOf, type Serve, soap, transportTo, type WebServer, webServer } from './support.ts'

const host = 'mail.corp.example'

describe('the transport of EWS', () => {
  let certificate: TestCertificate
  let server: WebServer | undefined
  before(async () => {
    certificate = await certificateFor(host)
  })
  afterEach(async () => {
    await server?.[Symbol.asyncDispose]()
    server = undefined
  })

  const reach = async (serve: Serve, options: Parameters<typeof transportTo>[1] = {}) => {
    server = await webServer(serve, certificate)
    return transportTo(networkOf({ [host]: server.port }, certificate), options)
  }
  const problem = async (serve: Serve) => {
    await using transport = await reach(serve)
    return problemOf(ask(transport, '<ask/>'))
  }
  const answering = (status: number, headers: Record<string, string> = {}): Serve => {
    return (_request, response) => response.writeHead(status, headers).end('<html>')
  }

  it('posts with a length, signed in, under its own name, to the anchor mailbox', async () => {
    await using transport = await reach((_request, response) => soap(response))
    assert.equal(await ask(transport, '<ask/>', { mailbox: 'bob@corp.example' }), '<ok/>')
    const [seen] = server?.seen ?? []
    assert.equal(seen?.body.toString(), '<ask/>')
    assert.equal(seen?.path, '/EWS/Exchange.asmx')
    assert.equal(seen?.headers['content-length'], '6')
    assert.equal(seen?.headers['transfer-encoding'], undefined)
    assert.equal(seen?.headers['user-agent'], 'Mailferry/0')
    assert.equal(seen?.headers['x-anchormailbox'], 'bob@corp.example')
    assert.equal(seen?.headers.authorization, `Basic ${Buffer.from(`ann@corp.example:${canary}`).toString('base64')}`)
  })

  it('reads compressed answers, and tells the server’s time', async () => {
    await using transport = await reach((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip', date: 'Wed, 01 Jan 2025 00:00:00 GMT' })
        .end(gzipSync('<ok/>')),
    )
    const { body, serverDate } = await transport.post([Buffer.from('<ask/>')], { signal: never })
    assert.equal(serverDate, Date.UTC(2025, 0, 1))
    assert.equal((await bytesOf(body)).toString(), '<ok/>')
  })

  it('uses a connection again, and keeps the back end’s cookie', async () => {
    await using transport = await reach((_request, response) => {
      response.setHeader('set-cookie', ['X-BackEndCookie=abc=; path=/EWS; secure; HttpOnly', 'gone=1; max-age=0'])
      soap(response)
    })
    await ask(transport, '<one/>')
    await ask(transport, '<two/>')
    assert.equal(server?.connections(), 1)
    assert.equal(server?.seen[1]?.headers.cookie, 'X-BackEndCookie=abc=')
  })

  it('opens as many connections as are asked for at once, and no more than allowed', async () => {
    let running = 0
    let most = 0
    await using transport = await reach(
      (_request, response) => {
        most = Math.max(most, ++running)
        setTimeout(() => {
          running -= 1
          soap(response)
        }, 20)
      },
      { connections: 3 },
    )
    await ask(transport, '<first/>')
    await Promise.all(Array.from({ length: 9 }, () => ask(transport, '<ask/>')))
    assert.equal(most, 3)
    assert.equal(server?.connections(), 3)
  })

  it('never uses a connection whose answer was left unread, or which carried a fault', async () => {
    await using transport = await reach((_request, response, body) =>
      soap(response, 'x'.repeat(1_000_000), body.toString() === '<fault/>' ? 500 : 200),
    )
    const { body } = await transport.post([Buffer.from('<ask/>')], { signal: never })
    for await (const chunk of body) if (chunk.length > 0) break
    await ask(transport, '<fault/>')
    await ask(transport, '<ask/>')
    assert.equal(server?.connections(), 3)
  })

  it('says the last word before bytes leave, and sends nothing when it is no', async () => {
    await using transport = await reach((_request, response) => soap(response))
    await ask(transport, '<ask/>')
    const lost = () => {
      throw new MailferryError('lease.lost', { pair: 'ann' })
    }
    assert.equal((await problemOf(ask(transport, '<late/>', { beforeSend: lost }))).code, 'lease.lost')
    await ask(transport, '<ask/>')
    assert.deepEqual(
      server?.seen.map(({ body }) => body.toString()),
      ['<ask/>', '<ask/>'],
    )
  })

  it('names a busy server with the time it asks for', async () => {
    const busy = await problem(answering(503, { 'retry-after': '7' }))
    assert.deepEqual(busy, { code: 'server.busy', params: { host, response: 'HTTP 503', retryAfterMs: 7000 } })
  })

  it('names a web page, and a redirect without its secrets, and follows none', async () => {
    assert.equal((await problem(answering(200, { 'content-type': 'text/html' }))).code, 'server.protocol')
    const redirected = await problem(answering(302, { location: 'https://evil.example/owa?token=1' }))
    assert.deepEqual(redirected, { code: 'host.redirects', params: { host, to: 'evil.example' } })
    const within = await problem(answering(302, { location: `https://${host}/owa?token=1` }))
    assert.deepEqual(within.params, { host, detail: 'HTTP 302: it sends EWS requests on to another page of its own' })
    assert.equal(server?.seen.length, 1)
  })

  it('names what has no EWS, what forbids it, and what is too much at once', async () => {
    assert.equal((await problem(answering(404))).code, 'host.notExchange')
    assert.equal((await problem(answering(403))).code, 'permission.ews')
    await using transport = await reach((_request, response, body) => {
      if (body.length > 100) response.writeHead(404).end()
      else soap(response)
    })
    await ask(transport, '<small/>')
    assert.deepEqual((await problemOf(ask(transport, 'x'.repeat(101)))).params, { host, size: 101 })
  })

  it('tells a server that says nothing from a reader who takes his time', async () => {
    await using transport = await reach((request, response) => {
      if (request.headers['x-anchormailbox'] === undefined) return
      response.writeHead(200, { 'content-type': 'text/xml' }).end('x'.repeat(200_000))
    })
    assert.deepEqual(await problemOf(ask(transport, '<ask/>', { timeoutMs: 50 })), { code: 'server.stalled', params: { host, ms: 50 } })
    const { body } = await transport.post([Buffer.from('<ask/>')], { signal: never, timeoutMs: 50, mailbox: 'b@corp.example' })
    let length = 0
    for await (const chunk of body) {
      if (length === 0) await new Promise(resolve => setTimeout(resolve, 120))
      length += chunk.length
    }
    assert.equal(length, 200_000)
  })

  it('says when the connection breaks in mid-answer', async () => {
    const broken = await problem((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '1000' })
      response.write('<half')
      setTimeout(() => response.destroy(), 10)
    })
    assert.equal(broken.code, 'server.dropped')
  })

  it('ends with its signal', async () => {
    await using transport = await reach(() => {})
    const stop = new AbortController()
    const asked = problemOf(ask(transport, '<ask/>', { signal: stop.signal }))
    setTimeout(() => stop.abort(), 20)
    assert.equal((await asked).code, 'stopped')
  })
})

describe('a server that isn’t vouched for', () => {
  const served: Serve = (_request, response) => soap(response)

  it('gets no request: self-made authority, then another name', async () => {
    const certificate = await certificateFor(host)
    await using server = await webServer(served, certificate)
    await using unknown = transportTo(networkOf({ [host]: server.port }))
    const { code, params } = await problemOf(ask(unknown, '<ask/>'))
    assert.equal(code, 'tls.untrusted')
    assert.deepEqual(params, {
      host,
      reason: 'its authority is unknown, or the server leaves out an intermediate certificate',
      fingerprint: certificate.fingerprint,
    })

    const other = 'owa.corp.example'
    await using misnamed = transportTo(networkOf({ [other]: server.port }, certificate), { url: `https://${other}/EWS/Exchange.asmx` })
    const wrongName = await problemOf(ask(misnamed, '<ask/>'))
    assert.equal(wrongName.code, 'tls.untrusted')
    assert.match(JSON.stringify(wrongName.params), /not for owa\.corp\.example but for DNS:mail\.corp\.example/)
    assert.equal(server.seen.length, 0)
  })

  it('is trusted by its fingerprint, beside what the authorities vouch for', async () => {
    const certificate = await certificateFor('somewhere.example')
    await using server = await webServer(served, certificate)
    await using transport = transportTo(networkOf({ [host]: server.port }, { fingerprints: ['00', certificate.fingerprint.toUpperCase()] }))
    assert.equal(await ask(transport, '<ask/>'), '<ok/>')
  })

  it('gets no secret over plain HTTP', async () => {
    await using server = await webServer(served)
    await using transport = transportTo(networkOf({ [host]: server.port }), { url: `http://${host}/EWS/Exchange.asmx` })
    assert.equal((await problemOf(ask(transport, '<ask/>'))).code, 'tls.plaintextRefused')
    assert.equal(server.seen.length, 0)
  })
})

describe('a refused sign-in', () => {
  it('ends the use of the secret for all, after one attempt, and its error holds no secret', async () => {
    const certificate = await certificateFor(host)
    await using server = await webServer(
      (_request, response) => response.writeHead(401, { 'www-authenticate': 'Negotiate, NTLM, Basic realm="mail, ok"' }).end(canary),
      certificate,
    )
    await using transport = transportTo(networkOf({ [host]: server.port }, certificate))
    const problems = await Promise.all([1, 2, 3].map(() => problemOf(ask(transport, '<ask/>'))))
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['signIn.refused', 'signIn.stopped', 'signIn.stopped'],
    )
    assert.equal(server.seen.length, 1)
    assert.doesNotMatch(JSON.stringify(problems), new RegExp(`${canary}|${Buffer.from(`ann@corp.example:${canary}`).toString('base64')}`))
  })

  it('says what the server offers instead', async () => {
    const certificate = await certificateFor(host)
    await using server = await webServer(
      (_request, response) => response.writeHead(401, { 'www-authenticate': ['Negotiate', 'NTLM'] }).end(),
      certificate,
    )
    await using transport = transportTo(networkOf({ [host]: server.port }, certificate))
    const { code, params } = await problemOf(ask(transport, '<ask/>'))
    assert.deepEqual({ code, params }, { code: 'signIn.methodMissing', params: { host, method: 'basic', offered: 'Negotiate, NTLM' } })
  })
})
