import assert from 'node:assert/strict'
import { arrive, type Contoso, contoso } from './support.ts'

const anna = '/users/anna@contoso.test'

/** What a documented call is refused with. */
const refusal = async (asked: Promise<unknown>): Promise<readonly [status: unknown, code: unknown]> =>
  asked.then(
    answer => assert.fail(`answered ${JSON.stringify(answer)}`),
    ({ statusCode, code }) => [statusCode, code] as const,
  )

const subjects = async (cloud: Contoso, path: string): Promise<string[]> =>
  (await cloud.client().api(path).get()).value.map(({ subject }: { subject: string }) => subject)

describe('a client of Microsoft’s that knows nothing of the sandbox', () => {
  it('gets users sorted, counted, searched and among a list, as the directory’s documents have it', async () => {
    await using cloud = await contoso()
    const users = () => cloud.client().api('/users').header('ConsistencyLevel', 'eventual')
    const mails = async (request: ReturnType<typeof users>) =>
      (await request.select('mail').get()).value.map(({ mail }: { mail: string }) => mail.split('@')[0])
    assert.deepEqual(await mails(users().orderby('displayName')), ['admin', 'anna', 'ben'])
    assert.deepEqual(await mails(users().orderby('displayName desc')), ['ben', 'anna', 'admin'])
    assert.deepEqual(await mails(users().filter("mail in ('anna@contoso.test','ben@contoso.test')")), ['anna', 'ben'])
    assert.deepEqual(await mails(users().search('"displayName:Anna" OR "mail:ben"')), ['anna', 'ben'])
    assert.deepEqual(await mails(users().search('"displayName:Anna" AND "mail:ben"')), [])
    assert.equal(String(await cloud.client().api('/users/$count').header('ConsistencyLevel', 'eventual').get()), '3')
    assert.deepEqual(await refusal(cloud.client().api('/users/$count').get()), [400, 'Request_UnsupportedQuery'])
    assert.deepEqual(await refusal(cloud.client().api('/users').orderby('jobTitle').get()), [400, 'Request_UnsupportedQuery'])
  })

  it('gets messages by filter and order, whatever they are ordered by, and their number', async () => {
    await using cloud = await contoso()
    for (const [index, subject] of ['Beta', 'Alpha', 'Gamma'].entries()) arrive(cloud, cloud.anna, subject, Date.now() - index * 60_000)
    const client = cloud.client()
    const important = (await client.api(`${anna}/messages`).filter("subject eq 'Alpha'").get()).value[0].id
    await client.api(`${anna}/messages/${important}`).patch({ importance: 'high' })
    const messages = `${anna}/mailFolders/inbox/messages`
    assert.deepEqual(await subjects(cloud, `${messages}?$orderby=subject`), ['Alpha', 'Beta', 'Gamma'])
    assert.deepEqual(await subjects(cloud, `${messages}?$orderby=importance&$top=1`), ['Alpha'])
    assert.deepEqual(await subjects(cloud, `${messages}?$filter=contains(subject,'mm')`), ['Gamma'])
    assert.equal(String(await client.api(`${messages}/$count`).get()), '3')
    assert.equal(String(await client.api(`${messages}/$count`).filter("importance eq 'high'").get()), '1')
  })

  it('is never answered as if an option had counted that doesn’t', async () => {
    await using cloud = await contoso()
    const client = cloud.client()
    const options = {
      '/users': ['$skip=1', '$expand=manager', '$apply=aggregate($count as n)', 'top=1'],
      '/domains': ['$top=1', '$filter=isDefault eq true'],
      '/organization': ['$filter=x'],
      [`${anna}/messages`]: ['$apply=x', '$format=xml'],
      [`${anna}/mailFolders`]: ['$expand=childFolders', '$orderby=displayName'],
      [`${anna}/mailboxSettings`]: ['$select=timeZone'],
    }
    for (const [path, list] of Object.entries(options))
      for (const option of list)
        assert.deepEqual(await refusal(client.api(`${path}?${option}`).get()), [400, 'BadRequest'], `${path}?${option}`)
  })

  it('sends no mail, and tracks messages by folder alone', async () => {
    await using cloud = await contoso()
    const client = cloud.client()
    const draft = await client.api(`${anna}/messages`).post({ subject: 'Draft' })
    const denied = [403, 'ErrorAccessDenied']
    assert.deepEqual(await refusal(client.api(`${anna}/sendMail`).post({ message: { subject: 'Hello' } })), denied)
    for (const verb of ['send', 'reply', 'replyAll', 'forward'])
      assert.deepEqual(await refusal(client.api(`${anna}/messages/${draft.id}/${verb}`).post({})), denied, verb)
    assert.equal((await client.api(`${anna}/messages/${draft.id}`).get()).isDraft, true)
    assert.deepEqual(await refusal(client.api(`${anna}/messages/delta`).get()), [400, 'BadRequest'])
  })
})
