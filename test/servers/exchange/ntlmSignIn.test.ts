import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import type { TestCertificate } from '../../support/certificate.ts'
import { problemOf } from '../imap/support.ts'
import { ann, ask, canary, certificateFor, networkOf, type Serve, soap, transportTo, type WebServer, webServer } from './support.ts'

const host = 'mail.corp.example'

interface Manners {
  /** The schemes of the first 401. */
  readonly offers?: readonly string[]
  readonly scheme?: 'NTLM' | 'Negotiate'
  readonly refuses?: boolean
  /** Wants a new sign-in for each request. */
  readonly forgetful?: boolean
}

/** A server that walks through NTLM's steps on each connection; what the messages say is for the sandbox to judge. */
function ntlmServer({ offers = ['Negotiate', 'NTLM'], scheme = 'NTLM', refuses = false, forgetful = false }: Manners = {}): Serve {
  const signedIn = new WeakSet<Socket>()
  return (request, response) => {
    const token = new RegExp(`^${scheme} (.+)$`).exec(request.headers.authorization ?? '')?.[1]
    const type = token === undefined ? 0 : Buffer.from(token, 'base64').readUInt32LE(8)
    if (type === 3 && !refuses) signedIn.add(request.socket)
    if (signedIn.has(request.socket)) {
      if (forgetful) signedIn.delete(request.socket)
      return soap(response)
    }
    response.writeHead(401, { 'www-authenticate': type === 1 ? `${scheme} ${challenge}` : [...offers] }).end('Unauthorized')
  }
}

const challenge = Buffer.concat([
  Buffer.from('NTLMSSP\0'),
  Buffer.from('0200000000000000380000000582898a0123456789abcdef000000000000000004000400380000000a00000000000000', 'hex'),
  Buffer.from([0, 0, 0, 0]),
]).toString('base64')

describe('signing in by NTLM', () => {
  let certificate: TestCertificate
  before(async () => {
    certificate = await certificateFor(host)
  })

  const serve = (manners: Manners) => webServer(ntlmServer(manners), certificate)
  const entering = ({ port }: WebServer) => transportTo(networkOf({ [host]: port }, certificate), { credentials: ann('ntlm') })

  it('signs a connection in once, and sends no body before', async () => {
    await using server = await serve({})
    await using transport = entering(server)
    assert.equal(await ask(transport, '<one/>'), '<ok/>')
    assert.equal(await ask(transport, '<two/>'), '<ok/>')
    assert.deepEqual(
      server.seen.map(({ body }) => body.toString()),
      ['', '<one/>', '<two/>'],
    )
    assert.equal(server.connections(), 1)
  })

  it('speaks it under Negotiate where only that is offered', async () => {
    await using server = await serve({ offers: ['Negotiate'], scheme: 'Negotiate' })
    await using transport = entering(server)
    assert.equal(await ask(transport, '<one/>'), '<ok/>')
  })

  it('signs in again for each request where the server wants that', async () => {
    await using server = await serve({ forgetful: true })
    await using transport = entering(server)
    await ask(transport, '<one/>')
    assert.equal(await ask(transport, '<two/>'), '<ok/>')
    assert.equal(server.connections(), 1)
  })

  it('says that Extended Protection may be what is refused, after one attempt and without the password', async () => {
    await using server = await serve({ refuses: true })
    await using transport = entering(server)
    const problem = await problemOf(ask(transport, '<one/>'))
    assert.deepEqual(problem, {
      code: 'signIn.refused',
      params: { host, user: 'ann@corp.example', response: 'HTTP 401', channelBinding: true },
    })
    assert.equal((await problemOf(ask(transport, '<one/>'))).code, 'signIn.stopped')
    assert.equal(server.seen.length, 2)
    assert.equal(JSON.stringify(problem).includes(canary), false)
  })

  it('names the method where the server hasn’t got it', async () => {
    await using server = await serve({ offers: ['Basic realm="x"'], scheme: 'Negotiate' })
    await using transport = entering(server)
    assert.deepEqual((await problemOf(ask(transport, '<one/>'))).params, { host, method: 'ntlm', offered: 'Basic' })
  })
})
