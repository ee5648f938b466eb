import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { isError } from '../../../src/domain/errors.ts'
import type { TestCertificate } from '../../support/certificate.ts'
import { certificateFor } from '../exchange/support.ts'
import { never } from '../imap/support.ts'
import { givesTokens, json, scriptedCloud } from './support.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

describe('what stands between here and Office 365', () => {
  let certificate: TestCertificate
  before(async () => {
    certificate = await certificateFor('login.test', 'graph.test', 'outlook.test')
  })

  const page: Answer = (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the proxy</html>')
  const gateway =
    (status: number, headers = {}): Answer =>
    (_request, response) =>
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>Our services aren’t available right now</h1>')

  const signingIn = async (login: Answer) => {
    await using cloud = await scriptedCloud(certificate, { login, graph: (_request, response) => json(response, {}) })
    return await cloud.transport.send({ method: 'GET', path: '/me' }, { signal: never }).then(
      () => assert.fail('signed in'),
      (error: unknown) => (isError(error) ? error : assert.fail(String(error))),
    )
  }

  it('is named when it answers for the sign-in service: a proxy’s page, a gateway without service, half an answer', async () => {
    for (const [answer, code] of [
      [page, 'server.webPage'],
      [gateway(403), 'server.webPage'],
      [gateway(502), 'server.busy'],
      [gateway(504), 'server.busy'],
      [(_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":'), 'server.protocol'],
      [(_request, response) => json(response, { token_type: 'Bearer' }), 'server.protocol'],
      [(_request, response) => void response.socket?.destroy(), 'server.dropped'],
      [(_request, response) => json(response, { error: 'temporarily_unavailable', error_codes: [90033] }, 500), 'server.busy'],
    ] as const satisfies readonly (readonly [Answer, string])[]) {
      const error = await signingIn(answer)
      assert.equal(error.code, code)
      assert.equal(error.remedy, 'transient', 'it isn’t the secret that is wrong')
    }
  })

  it('is waited for as long as the sign-in service asks, before anybody asks it again', async () => {
    let busy = true
    const tokens = givesTokens()
    await using cloud = await scriptedCloud(certificate, {
      login: (request, response) =>
        busy ? gateway(503, { 'retry-after': '1' })(request, response) : tokens(request, response, Buffer.alloc(0)),
      graph: (_request, response) => json(response, {}),
    })
    const waits: number[] = []
    const get = () => cloud.transport.send({ method: 'GET', path: '/me' }, { signal: never, mailbox: 'anna', onBusy: ms => waits.push(ms) })
    await assert.rejects(get(), { code: 'server.busy' })
    busy = false
    await get()
    assert.equal(waits.length, 1)
    assert.ok((waits[0] ?? 0) > 500 && (waits[0] ?? 0) <= 1000)
    assert.equal(cloud.tokenRequests().length, 2)
  })

  it('may send JSON in chunks with trailers, compressed or not; what breaks off within is never taken for whole', async () => {
    const text = JSON.stringify({ value: 'whole' })
    const asked = async (answer: Answer) => {
      await using cloud = await scriptedCloud(certificate, { graph: answer })
      return await cloud.transport.send({ method: 'GET', path: '/me' }, { signal: never })
    }
    const chunked =
      (bytes: Buffer, encoding: object, end = true): Answer =>
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', trailer: 'x-after', ...encoding })
        response.write(bytes.subarray(0, 7))
        response.write(bytes.subarray(7))
        response.addTrailers({ 'x-after': 'all' })
        if (end) response.end()
        else setImmediate(() => response.socket?.destroy())
      }
    const zipped = gzipSync(text)
    const gzip = { 'content-encoding': 'gzip' }
    assert.deepEqual((await asked(chunked(Buffer.from(text), {}))).json, { value: 'whole' })
    assert.deepEqual((await asked(chunked(zipped, gzip))).json, { value: 'whole' })
    await assert.rejects(asked(chunked(Buffer.from(text), {}, false)), { code: 'server.dropped' })
    await assert.rejects(asked(chunked(zipped.subarray(0, -9), gzip, false)), { code: 'server.dropped' })
    const cut = await asked(chunked(zipped.subarray(0, -9), gzip)).catch((error: unknown) => error)
    assert.ok(isError(cut, 'server.protocol', 'server.dropped'), String(cut))
  })
})
