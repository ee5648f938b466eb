import assert from 'node:assert/strict'
import type { User } from '@microsoft/microsoft-graph-types'
import { addUser } from '../../../src/sandbox/office365/tenant.ts'
import { type Contoso, contoso, errorCode } from './support.ts'

const names = (list: { readonly value: User[] }): unknown[] => list.value.map(({ userPrincipalName }) => userPrincipalName)

const crowd = ({ tenant }: Contoso, count: number): void => {
  for (let number = 0; number < count; number++)
    addUser(tenant, { displayName: `Worker ${number}`, primarySmtpAddress: `w${number}@contoso.test`, password: 'x' })
}

describe('the directory in the sandbox’s Graph', () => {
  it('lists users page by page through opaque links, as Microsoft’s client follows them', async () => {
    await using cloud = await contoso()
    crowd(cloud, 7)
    const client = cloud.client()
    const seen: unknown[] = []
    let next: string | undefined = '/users?$top=4&$select=userPrincipalName'
    while (next !== undefined) {
      const answer: { readonly value: User[]; readonly '@odata.nextLink'?: string } = await client.api(next).get()
      seen.push(...names(answer))
      next = answer['@odata.nextLink']
      assert.ok(next === undefined || !/w[0-9]@|top=/.test(next))
    }
    assert.equal(seen.length, 10)
    assert.equal(new Set(seen).size, 10)
  })

  it('gives the usual properties, or those that are selected, and refuses what a user hasn’t', async () => {
    await using cloud = await contoso()
    const client = cloud.client()
    const usual: User = await client.api('/users/anna@contoso.test').get()
    assert.deepEqual([usual.id, usual.mail, usual.proxyAddresses], [cloud.anna.objectGuid, 'anna@contoso.test', undefined])
    const selected: User = await client
      .api(`/users/${cloud.anna.objectGuid}`)
      .select(['proxyAddresses', 'accountEnabled', 'assignedPlans'])
      .get()
    assert.deepEqual([selected.proxyAddresses, selected.accountEnabled], [['SMTP:anna@contoso.test'], true])
    assert.equal(selected.assignedPlans?.[0]?.service, 'exchange')
    assert.equal(errorCode(await cloud.graph('users?$select=shoeSize')), 'BadRequest')
    assert.equal(errorCode(await cloud.graph('users/nobody@contoso.test')), 'Request_ResourceNotFound')
  })

  it('filters, and wants advanced queries declared', async () => {
    await using cloud = await contoso()
    const client = cloud.client()
    assert.deepEqual(names(await client.api('/users').filter("mail eq 'BEN@contoso.test' or startswith(displayName,'Anna')").get()), [
      'anna@contoso.test',
      'ben@contoso.test',
    ])
    assert.deepEqual(names(await client.api('/users').filter("proxyAddresses/any(x:x eq 'SMTP:ben@contoso.test')").get()), [
      'ben@contoso.test',
    ])
    const advanced = "endswith(mail,'@contoso.test')"
    assert.equal(errorCode(await cloud.graph(`users?$filter=${encodeURIComponent(advanced)}`)), 'Request_UnsupportedQuery')
    const counted = await client.api('/users').header('ConsistencyLevel', 'eventual').count(true).filter(advanced).get()
    assert.equal(counted['@odata.count'], 3)
    assert.equal(errorCode(await cloud.graph('users?$filter=mail%20like%20x')), 'BadRequest')
  })

  it('names the organisation and its domains, the initial one among them', async () => {
    await using cloud = await contoso()
    const { value } = await cloud.client().api('/organization').get()
    assert.equal(value[0].id, cloud.tenant.id)
    assert.deepEqual(
      value[0].verifiedDomains.map((one: { name: string; isInitial: boolean }) => [one.name, one.isInitial]),
      [
        ['contoso.test', false],
        ['contoso.onmicrosoft.com', true],
      ],
    )
    assert.equal((await cloud.graph('domains/contoso.onmicrosoft.com')).status, 200)
  })

  it('refuses without permission, unknown paths, methods and versions', async () => {
    await using cloud = await contoso({ permissions: ['Mail.Read'] })
    assert.equal(errorCode(await cloud.graph('users')), 'Authorization_RequestDenied')
    assert.equal(errorCode(await cloud.graph('people')), 'BadRequest')
    assert.equal((await cloud.graph('users', { method: 'PUT', body: {} })).status, 405)
    assert.match((await cloud.graph('me/messages')).text, /delegated authentication flow/)
    const answer = await cloud.graph('users', { headers: { 'client-request-id': 'abc' } })
    const { error } = answer.json as { readonly error: { readonly innerError: Record<string, string> } }
    assert.deepEqual(Object.keys(error.innerError), ['date', 'request-id', 'client-request-id'])
    assert.equal(error.innerError['client-request-id'], 'abc')
  })
})
