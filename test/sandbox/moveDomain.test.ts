import assert from 'node:assert/strict'
import { startSandbox } from '../../src/sandbox/world.ts'
import { basic, openLine } from './support.ts'

const json = async (url: string, ca: string, address: string): Promise<string | undefined> => {
  using line = openLine(ca)
  const { status, body } = await line.ask(url.replace('.xml', `.json?Email=${address}&Protocol=EWS`), { method: 'GET' })
  return status === 200 ? (JSON.parse(body) as { Url: string }).Url : undefined
}

describe('a domain that moves', () => {
  it('takes names and addresses with it, and leaves identities', async () => {
    await using sandbox = await startSandbox({ people: 3 })
    const { leaving, receiving, domain } = sandbox
    const [before] = leaving.people.map(person => ({ ...person }))
    const [after, taker] = [leaving.people[0], receiving.people[0]]
    assert.deepEqual(sandbox.moveDomain(), { left: 4, joined: 4 })
    const local = before?.primarySmtpAddress.split('@')[0]

    assert.deepEqual(
      [after?.primarySmtpAddress, after?.userPrincipalName, after?.proxyAddresses],
      [`${local}@fabrikam-old.test`, `${local}@fabrikam-old.test`, [`SMTP:${local}@fabrikam-old.test`]],
    )
    assert.deepEqual(
      [taker?.primarySmtpAddress, taker?.userPrincipalName, taker?.proxyAddresses],
      [`${local}@${domain}`, `${local}@${domain}`, [`SMTP:${local}@${domain}`, `smtp:${local}@northwind.test`]],
    )
    assert.deepEqual(
      [after?.mailboxGuid, after?.legacyExchangeDN, after?.objectGuid],
      [before?.mailboxGuid, before?.legacyExchangeDN, before?.objectGuid],
    )
    assert.deepEqual(
      [...leaving.organisation.acceptedDomains, ...receiving.organisation.acceptedDomains],
      ['fabrikam-old.test', 'northwind.test', domain],
    )
  })

  it('refuses both administrators’ old names, and takes the new ones', async () => {
    await using sandbox = await startSandbox({ people: 1 })
    const { leaving, receiving } = sandbox
    using line = openLine(sandbox.caCert)
    const statusOf = async ({ ewsUrl, admin }: typeof leaving, user: string): Promise<number> =>
      (await line.ask(ewsUrl, { headers: basic(user, admin.password) })).status
    const names = [leaving.admin.userPrincipalName, receiving.admin.userPrincipalName] as const
    sandbox.moveDomain()
    assert.notEqual(leaving.admin.password, receiving.admin.password)
    assert.deepEqual([await statusOf(leaving, names[0]), await statusOf(receiving, names[1])], [401, 401])
    assert.notEqual(await statusOf(leaving, 'admin@fabrikam-old.test'), 401)
    assert.notEqual(await statusOf(receiving, 'admin@fabrikam.test'), 401)
    assert.notEqual(await statusOf(leaving, 'FABRIKAM\\admin'), 401)
  })

  it('leaves the receiving administrator’s name where only one side is to change', async () => {
    await using sandbox = await startSandbox({ people: 1 })
    sandbox.moveDomain({ keepReceivingAdmin: true })
    assert.equal(sandbox.receiving.admin.userPrincipalName, 'admin@northwind.test')
  })

  it('leads Autodiscover to the other organisation', async () => {
    await using sandbox = await startSandbox({ people: 1 })
    const { leaving, receiving, discovery, caCert } = sandbox
    const [person] = leaving.people
    const address = person?.primarySmtpAddress ?? ''
    const ask = (asked: string) => json(discovery.url, caCert, asked)
    assert.equal(await ask(address), leaving.ewsUrl)
    sandbox.moveDomain()
    const moved = await ask(address)
    assert.deepEqual([moved, await ask(person?.primarySmtpAddress ?? '')], [receiving.ewsUrl, leaving.ewsUrl])
    assert.equal(await json(leaving.autodiscoverUrl, caCert, address), undefined)
    assert.deepEqual(
      discovery.requests.map(({ scheme, organisation }) => [scheme, organisation]),
      [
        ['', 'Fabrikam'],
        ['', 'Northwind'],
        ['', 'Fabrikam'],
      ],
    )
  })

  it('takes Autodiscover’s sign-in with it, over NTLM’s messages without a body too', async () => {
    await using sandbox = await startSandbox({ people: 1 })
    const { leaving, receiving, discovery, caCert } = sandbox
    const body = `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>admin@fabrikam.test</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>`
    const deploymentOf = async ({ admin }: typeof leaving): Promise<string | undefined> => {
      using line = openLine(caCert)
      assert.equal((await line.ask(discovery.url, { body })).status, 401)
      const answer = await line.ntlm(discovery.url, { user: 'admin@fabrikam.test', password: admin.password }, { body })
      return /<DeploymentId>(.*)<\/DeploymentId>/.exec(answer.body)?.[1]
    }
    assert.equal(await deploymentOf(leaving), leaving.organisation.deploymentId)
    sandbox.moveDomain()
    assert.equal(await deploymentOf(receiving), receiving.organisation.deploymentId)
  })

  it('can’t move twice', async () => {
    await using sandbox = await startSandbox({ people: 0 })
    sandbox.moveDomain()
    assert.throws(() => sandbox.moveDomain(), /Fabrikam does not have the domain fabrikam.test/)
  })
})
