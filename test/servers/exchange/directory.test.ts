import assert from 'node:assert/strict'
import { MailferryError } from '../../../src/domain/errors.ts'
import type { Mailbox } from '../../../src/domain/pair.ts'
import type { Person } from '../../../src/sandbox/exchange/directory.ts'
import { giveMailbox } from '../../../src/sandbox/exchange/organisation.ts'
import { accessTo } from '../../../src/servers/exchange/access.ts'
import type { AutodiscoverAnswer } from '../../../src/servers/exchange/autodiscover/userSettings.ts'
import type { Directory } from '../../../src/servers/exchange/directory/directory.ts'
import { resolveMailbox } from '../../../src/servers/exchange/directory/resolveMailbox.ts'
import { resolveNames } from '../../../src/servers/exchange/directory/resolveNames.ts'
import { whereItLives } from '../../../src/servers/exchange/directory/whereItLives.ts'
import type { EwsTransport } from '../../../src/servers/exchange/transport/ewsTransport.ts'
import { checkMailbox } from '../../../src/servers/exchange/verify/checkMailbox.ts'
import { createSignInGuard } from '../../../src/servers/signInGuard.ts'
import { assertValidSoap, schemaDirectory } from '../../support/ewsSchema.ts'
import { never, problemOf } from '../imap/support.ts'
import { connectTo, exchangeConnection, startWorld, type World } from './sandboxSupport.ts'

const known = ({ primarySmtpAddress: address, mailboxGuid: id = '', legacyExchangeDN, displayName }: Person): Mailbox => ({
  address,
  id,
  legacyExchangeDN,
  displayName,
})

describe('an Exchange mailbox', () => {
  let world: World
  let person: Person
  beforeEach(async () => {
    world = await startWorld()
    const [first] = world.leaving.people
    assert.ok(first)
    person = first
  })
  afterEach(() => world[Symbol.asyncDispose]())
  const resolve = (mailbox: Mailbox) => connectTo(world, world.leaving).resolve(mailbox, never)

  it('is found again by its legacyExchangeDN after its address changed, if its GUID agrees', async () => {
    const before = known(person)
    world.moveDomain()
    assert.deepEqual(await resolve(before), { found: 'one', mailbox: known(person) })
    assert.match(known(person).address, /@fabrikam-old\.test$/)
  })

  it('isn’t one that has its address and name, but another GUID', async () => {
    const before = known(person)
    giveMailbox(world.leaving.organisation, person)
    assert.deepEqual(await resolve(before), { found: 'none' })
  })

  it('isn’t one that an X500 address makes answer to its DN', async () => {
    const before = known(person)
    const [, other] = world.leaving.people
    other?.proxyAddresses.push(`X500:${before.legacyExchangeDN}`)
    assert.deepEqual(await resolve(before), { found: 'one', mailbox: before })
    assert.deepEqual(await resolve({ ...before, id: 'ffffffff-0000-0000-0000-000000000000' }), { found: 'none' })
  })

  it('is found by its address though it is hidden from address lists', async () => {
    person.hiddenFromAddressLists = true
    const { legacyExchangeDN: _, ...byAddress } = known(person)
    assert.deepEqual(await resolve(byAddress), { found: 'one', mailbox: known(person) })
  })

  it('can be searched by the beginning of its name', async () => {
    const found = await connectTo(world, world.leaving).search?.(person.displayName.slice(0, 4), never)
    assert.deepEqual(found, [{ address: person.primarySmtpAddress, displayName: person.displayName }])
    assert.deepEqual(await connectTo(world, world.leaving).search?.('zzzz', never), [])
  })

  it('is one of many that nobody lists', async () => {
    const pages: unknown[] = []
    for await (const page of connectTo(world, world.leaving).mailboxes(never)) pages.push(page)
    assert.deepEqual(pages, [])
  })

  it('opens, tells who it is, and is what it was until it is made anew', async () => {
    const open = () => connectTo(world, world.leaving).open(known(person), { signal: never, connections: 2 })
    let incarnation = ''
    {
      await using session = await open()
      assert.deepEqual(await session.identity(), known(person))
      incarnation = await session.incarnation()
    }
    giveMailbox(world.leaving.organisation, person)
    await using again = await open()
    assert.notEqual(await again.incarnation(), incarnation)
  })

  it('that can’t be opened is named, and a wrong password is tried once for all', async () => {
    const server = connectTo(world, world.leaving, { password: 'wrong' })
    const open = (mailbox: Person) => problemOf(server.open(known(mailbox), { signal: never, connections: 1 }))
    const problems = await Promise.all(world.leaving.people.map(open))
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['signIn.refused', 'signIn.stopped', 'signIn.stopped'],
    )
    const missing = connectTo(world, world.leaving).open({ address: 'nobody@fabrikam.test' }, { signal: never, connections: 1 })
    assert.equal((await problemOf(missing)).code, 'mailbox.notFound')
  })
})

describe('two mailboxes that agree with what is known of one', () => {
  it('are ambiguous, each with its address', async () => {
    const wanted = { address: 'ann@old.example', legacyExchangeDN: '/o=A/cn=ann' }
    const twin = (address: string) => ({ address, legacyExchangeDN: '/o=A/cn=ann' })
    const found = await resolveMailbox(wanted, {
      named: async text => (text.startsWith('/o=') ? [twin('a@new.example'), twin('b@new.example')] : []),
      identity: async address => twin(address),
    })
    assert.deepEqual(found, { found: 'many', addresses: ['a@new.example', 'b@new.example'] })
  })
})

describe('every request of searching and verifying', () => {
  it('is valid against Microsoft’s schema', async function () {
    if (schemaDirectory === undefined) this.skip()
    await using world = await startWorld()
    const access = accessTo({
      connection: exchangeConnection(world, world.leaving),
      secrets: { secretFor: async () => ({ password: world.leaving.admin.password }) },
    })
    const signIn = await access.signIn(createSignInGuard('Old'))
    await using real = access.transport(world.leaving.ewsUrl, signIn)
    await using directory = access.directory(world.leaving.ewsUrl, signIn)
    let requests = 0
    const transport: EwsTransport = {
      ...real,
      post(body, options) {
        assert.ok(!('parts' in body))
        assertValidSoap(Buffer.concat([...body]))
        requests += 1
        return real.post(body, options)
      },
    }
    const call = { signal: never }
    await resolveNames(transport, 'A & <B>', call)
    const mailbox = world.leaving.people[0]?.primarySmtpAddress ?? ''
    for (const way of ['impersonation', 'delegate'] as const) {
      const { admin } = access.connection.settings
      const actingFor = { mailbox, access: way }
      const reaching = {
        access,
        admin: { ...admin, access: way },
        signIn,
        signal: never,
        mailbox,
        url: world.leaving.ewsUrl,
        transport,
        directory,
        call,
        actingFor,
      }
      for await (const check of checkMailbox(reaching, '15.1')) assert.ok(check.name)
    }
    assert.equal(requests, 5)
  })
})

describe('a mailbox that left its server', () => {
  const answering = (answer: AutodiscoverAnswer): Directory => ({
    ask: async () => answer,
    settings: async () => undefined,
    async [Symbol.asyncDispose]() {},
  })
  const looking = (answer: AutodiscoverAnswer) => ({
    directory: answering(answer),
    mailbox: 'Ann@corp.example',
    connection: 'Old',
    url: 'https://ex1.corp.example/EWS/Exchange.asmx',
    recorded: { at: '2026-01-01T00:00:00.000Z', organisation: 'forest' },
    signal: never,
  })
  const gone = new MailferryError('mailbox.notFound', { mailbox: 'ann@corp.example', connection: 'Old' })
  const at = (host: string, deploymentId: string): AutodiscoverAnswer => ({
    kind: 'settings',
    settings: { ewsUrl: `https://${host}/EWS/Exchange.asmx`, deploymentId },
  })
  const told = async (answer: AutodiscoverAnswer) => {
    const { code, params } = await whereItLives(gone, looking(answer))
    return code === 'mailbox.elsewhere' && 'to' in params && 'sameOrganisation' in params ? [params.to, params.sameOrganisation] : code
  }

  it('is told with where it lives now, by address, by URL, or as a server of the same organisation', async () => {
    assert.deepEqual(await told({ kind: 'redirectAddress', address: 'ann@new.example' }), ['new.example', false])
    assert.deepEqual(await told({ kind: 'redirectUrl', url: 'https://auto.new.example/x' }), ['auto.new.example', false])
    assert.deepEqual(await told(at('ex2.corp.example', 'forest')), ['ex2.corp.example', true])
    assert.deepEqual(await told(at('ex2.corp.example', 'other')), ['ex2.corp.example', false])
  })

  it('is simply not there where its server knows nothing else of it, or can’t be asked', async () => {
    assert.equal(await told({ kind: 'unknown' }), 'mailbox.notFound')
    assert.equal(await told(at('ex1.corp.example', 'forest')), 'mailbox.notFound')
    const silent = {
      ...answering({ kind: 'unknown' }),
      ask: () => Promise.reject(new MailferryError('host.timeout', { host: 'x', port: 443, ms: 1 })),
    }
    assert.equal(await whereItLives(gone, { ...looking({ kind: 'unknown' }), directory: silent }), gone)
  })

  it('isn’t asked for where the error is about another mailbox', async () => {
    const other = new MailferryError('mailbox.notFound', { mailbox: 'bob@corp.example', connection: 'Old' })
    assert.equal(await whereItLives(other, looking({ kind: 'redirectAddress', address: 'ann@new.example' })), other)
  })
})
