import assert from 'node:assert/strict'
import type { Mailbox } from '../../../src/domain/pair.ts'
import { userBy } from '../../../src/sandbox/office365/tenant.ts'
import type { MailServer } from '../../../src/servers/mailServer.ts'
import { never } from '../imap/support.ts'
import { tenantScene } from './tenantScene.ts'

const listed = async (server: MailServer): Promise<Mailbox[]> => {
  const all: Mailbox[] = []
  for await (const page of server.mailboxes(never)) all.push(...page)
  return all
}

describe('the mailboxes of an Office 365 tenant', () => {
  it('lists people by their ids and primary addresses, without guests', async () => {
    await using here = await tenantScene()
    const guest = userBy(here.org.tenant, 'ben@contoso.test')
    assert.ok(guest)
    guest.userType = 'Guest'
    await using server = here.serverOf()
    const mailboxes = await listed(server)
    assert.deepEqual(mailboxes.map(({ address }) => address).sort(), ['admin@contoso.test', 'anna@contoso.test'])
    assert.ok(mailboxes.every(({ id }) => /^[0-9a-f-]{36}$/.test(id ?? '')))
  })

  it('finds by the beginning of a name or address, quotes and all', async () => {
    await using here = await tenantScene()
    await using server = here.serverOf()
    assert.deepEqual(
      (await server.search?.('Anna', never))?.map(({ address }) => address),
      ['anna@contoso.test'],
    )
    assert.deepEqual(await server.search?.("O'Hara & %", never), [])
  })

  it('knows a mailbox again by its id, whatever its address is called', async () => {
    await using here = await tenantScene()
    await using server = here.serverOf()
    const anna = (await listed(server)).find(({ address }) => address === 'anna@contoso.test')
    assert.deepEqual(await server.resolve({ address: 'old@elsewhere.test', id: anna?.id ?? '' }, never), { found: 'one', mailbox: anna })
    assert.deepEqual(await server.resolve({ address: 'ANNA@contoso.test' }, never), { found: 'one', mailbox: anna })
    assert.deepEqual(await server.resolve({ address: 'nobody@contoso.test' }, never), { found: 'none' })
    assert.deepEqual(await server.resolve({ address: 'x', id: '00000000-1111-2222-3333-444444444444' }, never), { found: 'none' })
  })

  it('opens a mailbox by an address that isn’t its user’s sign-in name', async () => {
    await using here = await tenantScene()
    const anna = userBy(here.org.tenant, 'anna@contoso.test')
    assert.ok(anna)
    anna.person.userPrincipalName = 'a.weiss@contoso.onmicrosoft.com'
    await using server = here.serverOf()
    await using session = await server.open({ address: 'anna@contoso.test' }, { signal: never, connections: 1 })
    assert.equal((await session.identity())?.id, anna.person.objectGuid)
    const findings = (await server.readiness?.({ address: 'anna@contoso.test' }, never)) ?? []
    assert.equal(findings.find(({ about }) => about === 'mailbox')?.state, 'fine')
  })
})
