import assert from 'node:assert/strict'
import { askMx } from '../../src/engine/cutover/askMx.ts'
import { mxQuestion, mxTtl } from '../../src/engine/cutover/dnsMessage.ts'
import { answerTo, type FakeDns, startDns } from '../support/fakeDns.ts'

describe('asking where a domain’s mail goes', () => {
  let dns: FakeDns
  before(async () => {
    dns = await startDns({
      'old.example': {
        mx: [
          { host: 'second.example', priority: 20, ttl: 86_400 },
          { host: 'first.example', priority: 10, ttl: 300 },
        ],
      },
      'cached.example': { mx: [{ host: 'mx.example', priority: 10, ttl: 17 }], cached: true },
      'silent.example': { mx: [] },
    })
  })
  after(() => dns[Symbol.asyncDispose]())
  const ask = (domain: string) => askMx(domain, { servers: [dns.server], port: dns.port, signal: new AbortController().signal })

  it('tells the hosts by preference, and the shortest lifetime that the domain’s own server gives them', async () => {
    assert.deepEqual(await ask('old.example'), { hosts: ['first.example', 'second.example'], ttl: 300 })
  })

  it('doesn’t take what is left in a cache for the lifetime', async () => {
    assert.deepEqual(await ask('cached.example'), { hosts: ['mx.example'] })
  })

  it('tells that there are none apart from no answer', async () => {
    assert.deepEqual(await ask('silent.example'), { hosts: [] })
    assert.deepEqual(await ask('unknown.example'), { hosts: [] })
    const nobody = await startDns({})
    await nobody[Symbol.asyncDispose]()
    assert.equal(await askMx('old.example', { servers: [nobody.server], signal: new AbortController().signal }), undefined)
  })

  it('ends when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await assert.rejects(askMx('old.example', { servers: [dns.server], signal }), /enough/)
  })
})

describe('an answer of a name server', () => {
  it('that is cut off, or to another question, tells nothing', () => {
    const zones = { 'old.example': { mx: [{ host: 'mx.example', priority: 10, ttl: 300 }] } }
    const whole = answerTo(zones, mxQuestion(7, 'old.example'))
    assert.deepEqual([mxTtl(7, whole), mxTtl(8, whole)], [300, undefined])
    // What follows the lifetime, and its own length, isn't looked at.
    const needed = whole.length - (2 + nameLength('mx.example'))
    for (let length = 0; length < needed; length += 1) assert.equal(mxTtl(7, whole.subarray(0, length)), undefined, `${length} bytes`)
  })
})

const nameLength = (name: string): number => name.length + 2
