import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { mailboxOf } from '../../src/sandbox/exchange/organisation.ts'
import { defaultPolicy } from '../../src/sandbox/throttling/policy.ts'
import { startSandbox } from '../../src/sandbox/world.ts'
import { assertValidSoap } from '../support/ewsSchema.ts'
import { basic, fabrikam, openLine } from './support.ts'

const soap = (body: string, header = ''): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header><t:RequestServerVersion Version="Exchange2013"/>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`

const getInbox =
  '<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>'
const createNote = `<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>Once</t:Subject></t:Message></m:Items></m:CreateItem>`
const impersonating = (address: string): string =>
  `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${address}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`
const codeIn = (text: string): string | undefined => /ResponseCode[^>]*>(\w+)</.exec(text)?.[1]

const headers = { ...basic('anna@fabrikam.test', 'Sommer!7'), 'content-type': 'text/xml; charset=utf-8' }

describe('EWS behind the sandbox’s HTTP', () => {
  for (const [kind, created] of [
    ['dropBefore', 0],
    ['dropAfter', 1],
  ] as const) {
    it(`has ${created === 0 ? 'not ' : ''}carried out what ${kind} breaks off`, async () => {
      await using front = await fabrikam()
      front.site.troubles.add({ trouble: { kind }, operations: ['CreateItem'] })
      using line = openLine(front.ca)
      await assert.rejects(line.ask(front.ewsUrl, { headers, body: soap(createNote) }))
      const { organisation } = front.site
      const [anna] = organisation.people
      assert.equal(anna && mailboxOf(organisation, anna)?.items.size, created)
    })
  }

  it('refuses more requests at once than the policy allows, those being answered included', async () => {
    const front = await fabrikam({ throttling: { ...defaultPolicy, ewsMaxConcurrency: 3 } })
    front.site.troubles.add({ trouble: { kind: 'delay', milliseconds: 20_000 }, times: 3 })
    using line = openLine(front.ca)
    const lines = [1, 2, 3].map(() => openLine(front.ca))
    const running = Promise.allSettled(lines.map(one => one.ask(front.ewsUrl, { headers, body: soap(getInbox) })))
    while (front.site.throttle.peakConcurrency < 3) await delay(5)
    const { body } = await line.ask(front.ewsUrl, { headers, body: soap(getInbox) })
    assert.equal(codeIn(body), 'ErrorExceededConnectionCount')
    assertValidSoap(body)

    for (const one of lines) one[Symbol.dispose]()
    await running
    while (codeIn((await line.ask(front.ewsUrl, { headers, body: soap(getInbox) })).body) !== 'NoError') await delay(5)
    await front[Symbol.asyncDispose]()
  })

  it('says how long to wait once a caller is overdrawn to the cutoff', async () => {
    await using front = await fabrikam({
      throttling: { ewsMaxConcurrency: 27, ewsMaxBurst: 10, ewsRechargeRate: 3_600_000, ewsCutoffBalance: 10 },
      // Its clock stands still, so nothing is given back.
      organisation: { now: () => 1_790_000_000_000 },
    })
    using line = openLine(front.ca)
    const bodies: string[] = []
    for (let time = 0; time < 12 && !bodies.at(-1)?.includes('ErrorServerBusy'); time++)
      bodies.push((await line.ask(front.ewsUrl, { headers, body: soap(getInbox) })).body)
    assert.match(bodies.at(-1) ?? '', /ErrorServerBusy[\s\S]*<t:Value Name="BackOffMilliseconds">\d+<\/t:Value>/)
    assert.equal(codeIn(bodies[0] ?? ''), 'NoError')
  })

  it('knows people by their new addresses alone once the domain has moved', async () => {
    await using sandbox = await startSandbox({ people: 1 })
    const { leaving, caCert } = sandbox
    const [person] = leaving.people
    const old = person?.primarySmtpAddress ?? ''
    using line = openLine(caCert)
    const ask = async (address: string) => {
      const asAdmin = { ...headers, ...basic(leaving.admin.userPrincipalName, leaving.admin.password) }
      return codeIn((await line.ask(leaving.ewsUrl, { headers: asAdmin, body: soap(getInbox, impersonating(address)) })).body)
    }
    assert.equal(await ask(old), 'NoError')
    sandbox.moveDomain()
    assert.deepEqual([await ask(old), await ask(person?.primarySmtpAddress ?? '')], ['ErrorNonExistentMailbox', 'NoError'])
  })

  it('stamps items with the clock it is given', async () => {
    await using sandbox = await startSandbox({ people: 1 })
    sandbox.clock.aheadMilliseconds = 3_600_000
    sandbox.deliver(1)
    const { organisation, people } = sandbox.leaving
    const [item] = people[0] ? (mailboxOf(organisation, people[0])?.items.values() ?? []) : []
    assert.ok(item && Math.abs(item.created - Date.now() - 3_600_000) < 5000)
  })
})
