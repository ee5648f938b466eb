import assert from 'node:assert/strict'
import type { GraphRequest } from '../../../src/servers/office365/graph/graphTransport.ts'
import type { TestCertificate } from '../../support/certificate.ts'
import { certificateFor } from '../exchange/support.ts'
import { never, problemOf } from '../imap/support.ts'
import { graph, json, type ScriptedCloud, scriptedCloud } from './support.ts'

type Script = Parameters<typeof scriptedCloud>[1]

describe('the versions of Graph', () => {
  let certificate: TestCertificate
  let cloud: ScriptedCloud
  before(async () => {
    certificate = await certificateFor('login.test', 'graph.test', 'outlook.test')
  })
  afterEach(() => cloud[Symbol.asyncDispose]())

  const reach = async (script: Script) => {
    cloud = await scriptedCloud(certificate, script)
  }
  const get = (path: string, request: Partial<GraphRequest> = {}) =>
    cloud.transport.send({ method: 'GET', path, ...request }, { signal: never })
  const graphRequests = () => cloud.server.seen.filter(({ headers }) => headers.host === 'graph.test')

  it('asks the beta version for what wants it, batches and links too, and v1.0 for all else', async () => {
    await reach({ graph: (_request, response) => json(response, { responses: [] }) })
    await get('/users/x/settings/exchange', { version: 'beta' })
    await get(`${graph}/beta/users?$skiptoken=1`, { version: 'beta' })
    await cloud.transport.batch([{ method: 'GET', path: '/users', version: 'beta' }], { signal: never })
    await get('/users')
    assert.deepEqual(
      graphRequests().map(({ path }) => path),
      ['/beta/users/x/settings/exchange', '/beta/users?$skiptoken=1', '/beta/$batch', '/v1.0/users'],
    )
    assert.equal((await problemOf(get(`${graph}/v1.0/users?$skiptoken=1`, { version: 'beta' }))).code, 'server.protocol')
  })

  it('follows a question that Graph sends on within itself, never with its token to another place, and never a write', async () => {
    const moved: Script['graph'] = ({ url = '' }, response) =>
      url.includes('grown')
        ? response.writeHead(308, { location: url.includes('away') ? 'https://elsewhere.test/beta/x' : `${graph}/beta/there` }).end()
        : json(response, { id: 'there' })
    await reach({ graph: moved })
    assert.deepEqual((await get('/grown', { version: 'beta' })).json, { id: 'there' })
    const away = await problemOf(get('/grown/away', { version: 'beta' }))
    assert.deepEqual([away.code, JSON.stringify(away.params).includes('elsewhere.test')], ['server.refused', true])
    const write = await problemOf(get('/grown', { version: 'beta', method: 'POST', json: {} }))
    assert.equal(write.code, 'server.protocol')
    assert.deepEqual(
      graphRequests().map(({ path }) => path),
      ['/beta/grown', '/beta/there', '/beta/grown/away', '/beta/grown'],
    )
  })
})
