import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Office365Settings } from '../../../src/domain/connection.ts'
import { type ErrorCode, isError, type MailferryError } from '../../../src/domain/errors.ts'
import { describe as words } from '../../../src/domain/errorText.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import { type MailboxState, userBy } from '../../../src/sandbox/office365/tenant.ts'
import type { OutgoingItem } from '../../../src/servers/mailServer.ts'
import { office365Server } from '../../../src/servers/office365/office365Server.ts'
import type { Secret } from '../../../src/servers/secretSource.ts'
import { type Contoso, contoso, mailboxFor } from '../../sandbox/office365/support.ts'
import { tempDir } from '../../support/tempDir.ts'
import { never } from '../imap/support.ts'
import { certify } from './certified.ts'
import { type Cloud, folderOf, outgoing, startCloud, writing } from './cloudSession.ts'

/** What is refused is named, in words that say what to do next and hold no secret. */
function named(error: unknown, code: ErrorCode, next: RegExp, secret = ''): MailferryError {
  assert.ok(isError(error), String(error))
  assert.equal(error.code, code)
  const said = words(error)
  assert.match(said.next, next)
  if (secret !== '') assert.ok(!JSON.stringify([said, error.params]).includes(secret))
  return error
}

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    error => error,
  )

const openAnna = (cloud: Cloud): Promise<unknown> => thrownBy(cloud.open(cloud.org.anna))

describe('bad input for Office 365: sign-in', () => {
  it('a secret that has expired', async () => {
    await using cloud = await startCloud()
    for (const secret of cloud.org.app.application.secrets) secret.endDateTime = new Date(Date.now() - 1000).toISOString()
    named(await openAnna(cloud), 'signIn.expired', /new|renew/i, cloud.org.app.secret)
  })

  it('a clock that is wrong', async () => {
    await using org = await contoso({ now: () => Date.now() - 3_600_000 })
    using dir = tempDir()
    const pem = await certify(org)
    await using server = await serverOf(org, dir.path, 'certificate', { pem })
    const error = named(await thrownBy(server.resolve({ address: 'anna@contoso.test' }, never)), 'signIn.clock', /clock/i, pem)
    assert.ok(isError(error, 'signIn.clock'))
    assert.ok((error.params.aheadSeconds ?? 0) > 3000, 'says by how much')
  })

  it('consent withdrawn in the middle of a run, and given again: nothing is lost or doubled', async () => {
    let later = 0
    await using cloud = await startCloud({ now: () => Date.now() + later })
    const { tokens } = cloud.org.tenant
    const refuseOldTokens = () => {
      later += 60_000
      tokens.validFrom = Date.now() + later
    }
    const { principal } = cloud.org.app
    await using session = await cloud.open(cloud.org.anna)
    const inbox = await folderOf(session, 'inbox')
    const consented = principal.roleAssignments.splice(0)
    refuseOldTokens()
    const [refused] = await session.write(inbox, [outgoing(1, { marker: 'm1' })], writing)
    assert.equal(refused?.state, 'refused')
    named(refused?.state === 'refused' ? refused.error : undefined, 'permission.graph', /consent/)
    assert.equal(mailboxFor(cloud.org, cloud.org.anna).items.size, 0)

    refuseOldTokens()
    principal.roleAssignments.push(...consented)
    const [written] = await session.write(inbox, [outgoing(1, { marker: 'm1' })], writing)
    assert.equal(written?.state, 'written', JSON.stringify(written))
    assert.equal(mailboxFor(cloud.org, cloud.org.anna).items.size, 1)
  })
})

async function serverOf(org: Contoso, dir: string, credential: 'secret' | 'certificate', secret: Secret) {
  await writeFile(join(dir, 'ca.pem'), org.ca)
  const settings: Office365Settings = {
    kind: 'office365',
    at: { login: org.loginUrl, graph: org.graphUrl },
    trust: { caFile: join(dir, 'ca.pem') },
    signIn: { method: 'application', tenant: org.tenant.id, clientId: org.app.application.appId, credential },
  }
  return office365Server({
    connection: { id: asConnectionId('c'), name: 'Cloud', role: 'source', settings, verification: { state: 'unverified' } },
    secrets: { secretFor: async () => secret },
  })
}

describe('bad input for Office 365: a mailbox', () => {
  for (const [what, state] of [
    ['without a licence', 'unlicensed'],
    ['whose on-premises GUID keeps it from being made', 'onPremisesGuid'],
    ['that was deleted', 'softDeleted'],
    ['that still lives on-premises', 'onPremises'],
  ] as const satisfies readonly (readonly [string, MailboxState])[])
    it(`${what}`, async () => {
      await using cloud = await startCloud()
      const anna = userBy(cloud.org.tenant, 'anna@contoso.test')
      assert.ok(anna)
      anna.state = state
      named(await openAnna(cloud), 'mailbox.notOnline', /licence[\s\S]*deleted[\s\S]*on-premises/)
    })

  it('on hold is read and written like any other', async () => {
    await using cloud = await startCloud()
    const anna = userBy(cloud.org.tenant, 'anna@contoso.test')
    assert.ok(anna)
    anna.state = 'held'
    await using session = await cloud.open(cloud.org.anna)
    const [written] = await session.write(await folderOf(session, 'inbox'), [outgoing(1)], writing)
    assert.equal(written?.state, 'written')
  })

  it('that an access policy keeps the application from', async () => {
    await using cloud = await startCloud()
    cloud.org.app.principal.accessPolicy = new Set([cloud.org.ben.objectGuid])
    const error = named(await openAnna(cloud), 'permission.graph', /application’s scope/)
    assert.ok(isError(error, 'permission.graph') && error.params.reason === 'policy')
    await using session = await cloud.open(cloud.org.ben)
    assert.ok((await session.folders()).length > 0)
  })
})

describe('bad input for Office 365: what comes and goes', () => {
  it('an item over the limit is named with its size, and none of it is read', async () => {
    await using cloud = await startCloud()
    await using session = await cloud.open(cloud.org.anna)
    const size = 151 * 1024 * 1024
    const unread = {
      [Symbol.asyncIterator](): AsyncIterator<Buffer> {
        throw new Error('read')
      },
    }
    const item: OutgoingItem = { ...outgoing(1), content: { size, stream: unread } }
    const [result] = await session.write(await folderOf(session, 'inbox'), [item], writing)
    const error = named(result?.state === 'refused' ? result.error : undefined, 'item.tooLarge', /limit/)
    assert.ok(isError(error, 'item.tooLarge') && error.params.size === size)
  })

  it('a page of HTML where Graph should answer', async () => {
    await using cloud = await startCloud()
    cloud.org.site.proxyPage = true
    named(await openAnna(cloud), 'server.webPage', /browser opens/)
    cloud.org.site.proxyPage = false
    await using session = await cloud.open(cloud.org.anna)
    assert.ok((await session.folders()).length > 0)
  })
})
