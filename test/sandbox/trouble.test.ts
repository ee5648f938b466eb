import assert from 'node:assert/strict'
import { request } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from 'node:tls'
import { gunzipSync } from 'node:zlib'
import { createTroubles, type TroubleRule } from '../../src/sandbox/http/trouble.ts'
import { basic, fabrikam, openLine, type TestFront } from './support.ts'

const headers = { ...basic('anna@fabrikam.test', 'Sommer!7'), 'content-type': 'text/xml; charset=utf-8' }
const body =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Body><m:GetFolder/></s:Body></s:Envelope>'

const ask = async (front: TestFront) => {
  using line = openLine(front.ca)
  return await line.ask(front.ewsUrl, { headers, body })
}

const troubled = async (rule: TroubleRule) => {
  const front = await fabrikam()
  front.site.troubles.add(rule)
  return front
}

describe('the sandbox’s misbehaviour', () => {
  for (const kind of ['dropBefore', 'dropAfter'] as const) {
    it(`${kind}: breaks off once, where told to`, async () => {
      await using front = await troubled({ trouble: { kind }, times: 1 })
      await assert.rejects(ask(front), /socket hang up|aborted/)
      assert.equal((await ask(front)).status, 500)
      assert.equal(front.site.troubles.struck, 1)
    })
  }

  it('cut: breaks off in mid-answer, in Autodiscover too where told to', async () => {
    await using front = await troubled({ trouble: { kind: 'cut', after: 0.2 }, operations: ['Autodiscover'], times: 1 })
    using line = openLine(front.ca)
    await assert.rejects(line.ask(front.autodiscoverUrl, { headers, body }), /aborted/)
    assert.equal((await line.ask(front.autodiscoverUrl, { headers, body })).status, 200)
  })

  it('delay and slow: keep waiting, and answer in full', async () => {
    await using front = await fabrikam()
    const { body: plain } = await ask(front)
    front.site.troubles.add({ trouble: { kind: 'delay', milliseconds: 60 }, times: 1 })
    const started = performance.now()
    assert.equal((await ask(front)).body, plain)
    assert.ok(performance.now() - started >= 59)
    front.site.troubles.add({ trouble: { kind: 'slow', bytes: 100, milliseconds: 1 } })
    assert.equal((await ask(front)).body, plain)
  })

  it('hang: answers nothing until it is ended', async () => {
    const front = await troubled({ trouble: { kind: 'hang' } })
    const refused = assert.rejects(ask(front), /socket hang up/)
    while (front.site.troubles.struck === 0) await delay(5)
    await front[Symbol.asyncDispose]()
    await refused
  })

  it('signInPage and owaRedirect: HTML where SOAP was expected', async () => {
    await using front = await troubled({ trouble: { kind: 'signInPage' }, times: 1 })
    const page = await ask(front)
    assert.deepEqual([page.status, page.headers['content-type']], [200, 'text/html'])
    front.site.troubles.add({ trouble: { kind: 'owaRedirect' } })
    const moved = await ask(front)
    assert.deepEqual([moved.status, moved.headers.location], [302, `${front.site.base}/owa/`])
  })

  it('unavailable: 503, with Retry-After where told to', async () => {
    await using front = await troubled({ trouble: { kind: 'unavailable', retryAfterSeconds: 7 }, times: 1 })
    const first = await ask(front)
    front.site.troubles.add({ trouble: { kind: 'unavailable' } })
    const second = await ask(front)
    assert.deepEqual([first.status, first.headers['retry-after'], second.status, second.headers['retry-after']], [503, '7', 503, undefined])
  })

  it('faultThenRubbish: what follows the fault belongs to no answer', async () => {
    await using front = await troubled({ trouble: { kind: 'faultThenRubbish' } })
    const socket = connect({ host: front.host, port: front.port, ca: front.ca })
    socket.write(
      `POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers.authorization}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    let text = ''
    for await (const chunk of socket) {
      text += chunk
      if (text.includes('Runtime Error')) break
    }
    assert.match(text, /^HTTP\/1\.1 500 [\s\S]*ErrorInternalServerError[\s\S]*<\/s:Envelope><\/s:Envelope>\r\n<html>/)
  })

  it('strikes the operations it is meant for, from the one it is told', async () => {
    await using front = await troubled({ trouble: { kind: 'signInPage' }, operations: ['GetFolder'], skip: 1 })
    front.site.troubles.add({ trouble: { kind: 'unavailable' }, operations: ['GetItem'] })
    assert.deepEqual([(await ask(front)).status, (await ask(front)).status], [500, 200])
  })

  it('strikes by chance the same requests for the same seed', () => {
    const struck = (seed: number): boolean[] => {
      const troubles = createTroubles(seed)
      troubles.add({ trouble: { kind: 'dropAfter' }, chance: 0.3 })
      return Array.from({ length: 200 }, () => troubles.next('GetItem') !== undefined)
    }
    assert.deepEqual(struck(5), struck(5))
    assert.notDeepEqual(struck(5), struck(6))
    const often = struck(5).filter(Boolean).length
    assert.ok(often > 35 && often < 85, String(often))
  })
})

describe('the sandbox’s HTTP', () => {
  it('refuses chunked bodies where told to', async () => {
    await using front = await fabrikam({ refuseChunked: true })
    const status = await new Promise(resolve => {
      const sent = request(front.ewsUrl, { method: 'POST', ca: front.ca, agent: false, headers }, response => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.write(body)
      sent.end()
    })
    assert.equal(status, 411)
  })

  it('compresses for who asks for it, where told to', async () => {
    await using front = await fabrikam({ compress: true })
    using line = openLine(front.ca)
    const zipped = await line.ask(front.autodiscoverUrl, { headers: { ...headers, 'accept-encoding': 'gzip' }, body })
    const plain = await line.ask(front.autodiscoverUrl, { headers, body })
    assert.deepEqual([zipped.headers['content-encoding'], plain.headers['content-encoding']], ['gzip', undefined])
    assert.equal(gunzipSync(zipped.bytes).length, plain.bytes.length)
  })

  it('has Exchange’s headers, cookies and clock', async () => {
    const ahead = 3_600_000
    await using front = await fabrikam({ organisation: { now: () => Date.now() + ahead } })
    const { headers: got } = await ask(front)
    assert.deepEqual([got['x-feserver'], got['server']], ['EX01', 'Microsoft-IIS/10.0'])
    assert.match(String(got['request-id']), /^[0-9a-f-]{36}$/)
    assert.match(String(got['set-cookie']), /exchangecookie=.*X-BackEndCookie=/)
    assert.ok(Math.abs(Date.parse(got.date ?? '') - Date.now() - ahead) < 5000)
  })

  it('writes down each request with its connection', async () => {
    await using front = await fabrikam()
    using line = openLine(front.ca)
    for (let time = 0; time < 2; time++) await line.ask(front.ewsUrl, { headers, body })
    await ask(front)
    assert.deepEqual(
      front.site.requests.map(({ operation, scheme, user, connection }) => [operation, scheme, user, connection]),
      [
        ['GetFolder', 'Basic', 'anna@fabrikam.test', 1],
        ['GetFolder', 'Basic', 'anna@fabrikam.test', 1],
        ['GetFolder', 'Basic', 'anna@fabrikam.test', 2],
      ],
    )
  })

  for (const [what, certificate, trouble] of [
    ['expired', { validity: 'expired' }, /certificate has expired/],
    ['not yet valid', { validity: 'notYet' }, /not yet valid/],
    ['for another name', { names: ['mail.elsewhere.test'] }, /does not match certificate/],
  ] as const) {
    it(`shows a certificate that is ${what}`, async () => {
      await using front = await fabrikam({ certificate })
      await assert.rejects(ask(front), trouble)
    })
  }

  it('speaks TLS 1.0 alone where told to', async () => {
    await using front = await fabrikam({ oldTls: true })
    await assert.rejects(ask(front), /protocol/)
    using line = openLine(front.ca, { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' })
    assert.equal((await line.ask(front.ewsUrl, { headers, body })).status, 500)
  })
})
