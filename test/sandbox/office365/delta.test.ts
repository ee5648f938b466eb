import assert from 'node:assert/strict'
import { arrive, type CloudReply, type Contoso, contoso, errorCode } from './support.ts'

const messages = 'users/anna@contoso.test/messages'
const start = 'users/anna@contoso.test/mailFolders/inbox/messages/delta?$select=subject,isRead'
const immutable = { prefer: 'IdType="ImmutableId"' }

type Entry = Record<string, unknown> & { readonly id: string }

interface Round {
  readonly entries: readonly Entry[]
  readonly link: string
  readonly pages: number
}

/** Follows a round to its end. */
async function round(cloud: Contoso, from: string, headers: Record<string, string> = immutable): Promise<Round> {
  const entries: Entry[] = []
  let pages = 0
  for (let link: unknown = from; typeof link === 'string'; ) {
    const { status, json } = await cloud.graph(link, { headers })
    assert.equal(status, 200)
    entries.push(...(json['value'] as Entry[]))
    pages++
    if (typeof json['@odata.deltaLink'] === 'string') return { entries, link: json['@odata.deltaLink'], pages }
    link = json['@odata.nextLink']
  }
  throw new Error('A round without an end')
}

const told = ({ entries }: Round): unknown[] =>
  entries.map(entry => ('@removed' in entry ? `-${entry.id}` : (entry['subject'] ?? { isRead: entry['isRead'] })))

describe('delta queries in the sandbox’s Graph', () => {
  it('tells everything once over several pages, then what is new, read, and gone', async () => {
    await using cloud = await contoso()
    for (let number = 1; number <= 5; number++) arrive(cloud, cloud.anna, `Note ${number}`)
    const first = await round(cloud, start, { prefer: 'IdType="ImmutableId", odata.maxpagesize=2' })
    assert.deepEqual([told(first), first.pages], [['Note 1', 'Note 2', 'Note 3', 'Note 4', 'Note 5'], 3])
    assert.deepEqual(told(await round(cloud, first.link)), [])
    const [one, two] = first.entries
    arrive(cloud, cloud.anna, 'Note 6')
    await cloud.graph(`${messages}/${one?.id}`, { method: 'PATCH', body: { isRead: true } })
    await cloud.graph(`${messages}/${two?.id}`, { method: 'DELETE' })
    const second = await round(cloud, first.link)
    assert.deepEqual(told(second), [`-${two?.id}`, { isRead: true }, 'Note 6'])
    assert.deepEqual(told(await round(cloud, second.link)), [])
  })

  it('says nothing by lasting ids of what moved away and came back, and finds what moved in', async () => {
    await using cloud = await contoso()
    arrive(cloud, cloud.anna, 'Traveller')
    const { entries, link } = await round(cloud, start)
    const id = entries[0]?.id
    const move = (destinationId: string) =>
      cloud.graph(`${messages}/${id}/move`, { method: 'POST', headers: immutable, body: { destinationId } })
    await move('archive')
    const away = await round(cloud, link)
    assert.deepEqual(told(away), [`-${id}`])
    await move('inbox')
    const back = await round(cloud, away.link)
    assert.deepEqual(
      back.entries.map(entry => entry.id),
      [id],
    )
    await move('archive')
    await move('inbox')
    assert.deepEqual(told(await round(cloud, back.link)), ['Traveller'])
  })

  it('forgets tokens by age, on demand and with the mailbox: 410, then everything anew', async () => {
    let ahead = 0
    await using cloud = await contoso({ now: () => Date.now() + ahead })
    arrive(cloud, cloud.anna, 'Only one')
    const { link } = await round(cloud, start)
    const gone = async (): Promise<CloudReply> => await cloud.graph(link)
    assert.equal((await gone()).status, 200)
    cloud.tenant.switches.deltaTokensSince = Date.now() + 10_000
    assert.deepEqual([(await gone()).status, errorCode(await gone())], [410, 'SyncStateNotFound'])
    cloud.tenant.switches.deltaTokensSince = 0
    ahead = 31 * 24 * 3_600_000
    assert.equal((await gone()).status, 410)
    assert.deepEqual(told(await round(cloud, start)), ['Only one'])
    assert.equal((await cloud.graph(link.replace('deltatoken=', 'deltatoken=x'))).status, 400)
  })

  it('lets new messages lag behind in lists and deltas, and loses none', async () => {
    let ahead = 0
    await using cloud = await contoso({ now: () => Date.now() + ahead })
    cloud.tenant.switches.lagMilliseconds = 30_000
    const { link } = await round(cloud, start)
    const made = await cloud.graph('users/anna@contoso.test/mailFolders/inbox/messages', { method: 'POST', body: { subject: 'Late' } })
    assert.equal((await cloud.graph(`${messages}/${String(made.json['id'])}`)).status, 200)
    assert.deepEqual((await cloud.graph(messages)).json['value'], [])
    const early = await round(cloud, link)
    assert.deepEqual(told(early), [])
    ahead = 40_000
    assert.deepEqual(told(await round(cloud, early.link)), ['Late'])
  })

  it('tracks folders at every depth', async () => {
    await using cloud = await contoso()
    const folders = 'users/anna@contoso.test/mailFolders'
    const { link } = await round(cloud, `${folders}/delta`)
    const made = await cloud.graph(`${folders}/inbox/childFolders`, { method: 'POST', body: { displayName: 'Deep' } })
    const id = String(made.json['id'])
    const next = await round(cloud, link)
    assert.deepEqual(
      next.entries.map(entry => entry['displayName']),
      ['Deep'],
    )
    await cloud.graph(`${folders}/${id}/permanentDelete`, { method: 'POST' })
    assert.deepEqual(told(await round(cloud, next.link)), [`-${id}`])
  })

  it('filters by the date of arrival alone, and by kind of change', async () => {
    await using cloud = await contoso()
    arrive(cloud, cloud.anna, 'Old', Date.UTC(2020, 0, 1))
    arrive(cloud, cloud.anna, 'New', Date.UTC(2026, 0, 1))
    assert.deepEqual(told(await round(cloud, `${start}&$filter=receivedDateTime ge 2025-01-01T00:00:00Z`)), ['New'])
    assert.equal(errorCode(await cloud.graph(`${start}&$filter=isRead eq true`)), 'ErrorInvalidUrlQueryFilter')
    const created = await round(cloud, `${start}&changeType=created`)
    await cloud.graph(`${messages}/${created.entries[0]?.id}`, { method: 'DELETE' })
    assert.deepEqual(told(await round(cloud, created.link)), [])
  })
})
