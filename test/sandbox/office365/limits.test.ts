import assert from 'node:assert/strict'
import { addUser, type MailboxState } from '../../../src/sandbox/office365/tenant.ts'
import { arrive, type CloudReply, type Contoso, contoso, errorCode } from './support.ts'

const messages = 'users/anna@contoso.test/messages'

const responses = ({ json }: CloudReply): { id: string; status: number; body: Record<string, unknown> }[] =>
  [...(json['responses'] as { id: string; status: number; body: Record<string, unknown> }[])].sort((a, b) => Number(a.id) - Number(b.id))

const batch = (cloud: Contoso, requests: readonly object[]) => cloud.graph('$batch', { method: 'POST', body: { requests } })

describe('batches in the sandbox’s Graph', () => {
  it('answers each step by its id, and not what depends on one that failed', async () => {
    await using cloud = await contoso()
    const headers = { 'content-type': 'application/json' }
    const answer = await batch(cloud, [
      { id: '1', method: 'POST', url: `/${messages}`, headers, body: { subject: 'One' } },
      { id: '2', method: 'GET', url: `/${messages}/nonsense` },
      { id: '3', method: 'GET', url: `/${messages}`, dependsOn: ['2'] },
      { id: '4', method: 'GET', url: `/${messages}?$select=subject`, dependsOn: ['1'] },
    ])
    assert.deepEqual(
      responses(answer).map(({ status }) => status),
      [201, 400, 424, 200],
    )
    assert.deepEqual(Object(responses(answer)[3]?.body['value'])[0].subject, 'One')
    assert.notEqual((answer.json['responses'] as { id: string }[])[0]?.id, '1')
  })

  it('gives MIME in base64, and refuses more than 20 steps', async () => {
    await using cloud = await contoso()
    arrive(cloud, cloud.anna, 'Wrapped')
    const [message] = (await cloud.graph(messages)).json['value'] as { id: string }[]
    const [mime] = responses(await batch(cloud, [{ id: '1', method: 'GET', url: `/${messages}/${message?.id}/$value` }]))
    assert.match(Buffer.from(String(mime?.body), 'base64').toString(), /^Subject: Wrapped\r$/m)
    const many = Array.from({ length: 21 }, (_, index) => ({ id: String(index), method: 'GET', url: '/users' }))
    assert.equal(errorCode(await batch(cloud, many)), 'BadRequest')
  })
})

describe('throttling in the sandbox’s Graph', () => {
  it('lets one application have four requests to a mailbox at once', async () => {
    await using cloud = await contoso({ limits: {} })
    cloud.site.latency = 300
    const at = async (path: string) => await cloud.graph(path)
    const answers = await Promise.all([...Array.from({ length: 6 }, () => at(messages)), at('users/ben@contoso.test/messages')])
    const refused = answers.filter(({ status }) => status === 429)
    assert.equal(refused.length, 2)
    assert.match(refused[0]?.text ?? '', /MailboxConcurrency/)
    assert.ok(Number(refused[0]?.headers['retry-after']) >= 1)
    assert.deepEqual([cloud.site.throttle.peakConcurrency, cloud.site.throttle.refused], [4, 2])
    assert.equal((await at(messages)).status, 200)
  })

  it('counts requests and uploaded bytes in their windows, and says when to come again', async () => {
    let ahead = 0
    await using cloud = await contoso({ now: () => Date.now() + ahead, limits: { requests: 3, uploadBytes: 2000 } })
    const post = (length: number) => cloud.graph(messages, { method: 'POST', body: { subject: 'x'.repeat(length) } })
    assert.deepEqual([(await post(1000)).status, (await post(1500)).status, (await cloud.graph(messages)).status], [201, 429, 200])
    const first = await cloud.graph(messages)
    assert.equal(first.status, 200)
    const refused = await cloud.graph(messages)
    assert.deepEqual([refused.status, errorCode(refused)], [429, 'ApplicationThrottled'])
    ahead = Number(refused.headers['retry-after']) * 1000
    // The tokens of before are an hour's: the window is ten minutes'.
    assert.equal((await cloud.graph(messages)).status, 200)
  })

  it('can be told to drop, to delay, to answer 503, and to show a proxy’s page', async () => {
    await using cloud = await contoso()
    const operations = ['GET users/{user}/messages']
    cloud.site.troubles.add({ trouble: { kind: 'dropAfter' }, operations, times: 1 })
    await assert.rejects(cloud.graph(messages))
    cloud.site.troubles.add({ trouble: { kind: 'unavailable', retryAfterSeconds: 7 }, operations, times: 1 })
    const busy = await cloud.graph(messages)
    assert.deepEqual([busy.status, busy.headers['retry-after']], [503, '7'])
    cloud.site.proxyPage = true
    assert.match((await cloud.graph(messages)).text, /^<!DOCTYPE html>/)
  })
})

describe('who may open which mailbox in the sandbox’s Graph', () => {
  it('tells nobody by mail alone why a mailbox is none, but the directory does', async () => {
    await using cloud = await contoso()
    const states: readonly MailboxState[] = ['unlicensed', 'onPremisesGuid', 'softDeleted', 'onPremises']
    for (const state of states)
      addUser(cloud.tenant, { displayName: state, primarySmtpAddress: `${state}@contoso.test`, password: 'x', state })
    const codes = await Promise.all(states.map(async state => errorCode(await cloud.graph(`users/${state}@contoso.test/messages`))))
    assert.deepEqual(new Set(codes), new Set(['MailboxNotEnabledForRESTAPI']))
    const user = async (state: MailboxState) =>
      (await cloud.graph(`users/${state}@contoso.test?$select=assignedPlans,provisionedPlans,onPremisesSyncEnabled`)).json
    assert.deepEqual((await user('unlicensed'))['assignedPlans'], [])
    assert.equal(Object((await user('onPremisesGuid'))['provisionedPlans'])[0].provisioningStatus, 'PendingInput')
    assert.deepEqual([(await user('onPremises'))['assignedPlans'], (await user('onPremises'))['onPremisesSyncEnabled']], [[], true])
    assert.equal(errorCode(await cloud.graph('users/nobody@contoso.test/messages')), 'ErrorInvalidUser')
  })

  it('keeps an application to the mailboxes of its access policy, or of its role in Exchange', async () => {
    await using cloud = await contoso()
    const { principal } = cloud.app
    const status = async (person: string) => {
      const answer = await cloud.graph(`users/${person}@contoso.test/messages`)
      return answer.status === 200 ? 'open' : Object(answer.json['error']).message
    }
    principal.accessPolicy = new Set([cloud.anna.objectGuid])
    assert.equal(await status('anna'), 'open')
    assert.match(await status('ben'), /^Access to OData is disabled/)
    principal.accessPolicy = undefined
    principal.roleAssignments.length = 0
    assert.match(await status('anna'), /^Access is denied/)
    principal.exchangeRoles.push({ role: 'Mail.ReadWrite', mailboxes: new Set([cloud.ben.objectGuid]) })
    assert.deepEqual([await status('ben'), await status('anna')], ['open', 'Access is denied. Check credentials and try again.'])
  })

  it('refuses what doesn’t fit in a mailbox', async () => {
    await using cloud = await contoso()
    addUser(cloud.tenant, { displayName: 'Full', primarySmtpAddress: 'full@contoso.test', password: 'x', mailbox: { quota: 100 } })
    const answer = await cloud.graph('users/full@contoso.test/messages', { method: 'POST', body: { subject: 'Too much' } })
    assert.deepEqual([answer.status, errorCode(answer)], [507, 'ErrorQuotaExceeded'])
  })
})
