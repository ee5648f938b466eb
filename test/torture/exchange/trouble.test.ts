import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, afterEach, before, describe, it } from 'mocha'
import { describe as inWords } from '../../../src/domain/errorText.ts'
import type { PairState } from '../../../src/domain/pair.ts'
import { createLocalClient } from '../../../src/engine/localClient.ts'
import { giveMailbox, personByAddress } from '../../../src/sandbox/exchange/organisation.ts'
import type { SandboxSide } from '../../../src/sandbox/world.ts'
import { mime, received } from '../../migration/exchange/mails.ts'
import { type Scene, type Servers, scene, startServers } from '../../migration/exchange/scene.ts'
import { putMail, storeOf } from '../../support/exchangeMailbox.ts'
import { exchangeEndpoint } from '../../support/exchangeMigration.ts'
import { seedMailbox } from '../../support/mailbox.ts'
import { tempDir } from '../../support/tempDir.ts'

const withExchange = [
  ['Exchange', 'Exchange'],
  ['Exchange', 'IMAP'],
  ['IMAP', 'Exchange'],
] as const

const codeOf = (state: PairState): string => ('error' in state && state.error ? state.error.code : state.state)

describe('Exchange that goes wrong in mid-run', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())
  afterEach(() => {
    for (const { organisation, site } of sides()) {
      site.troubles.clear()
      Object.assign(organisation.faults, { request: undefined, item: undefined, dropAnswers: undefined })
      organisation.faults.mailboxes.clear()
      organisation.faults.impersonationDenied.clear()
      site.redirects.clear()
      organisation.limits.maxMessageSize = 36 * 1024 * 1024
    }
    servers.sandbox.clock.aheadMilliseconds = 0
  })
  const sides = (): readonly SandboxSide[] => [servers.sandbox.leaving, servers.sandbox.receiving]

  /** The Exchange of a scene that is written to, else the one that is read. */
  const exchangeOf = ({ source, target }: Scene) =>
    target.store ? ([servers.sandbox.receiving, target] as const) : ([servers.sandbox.leaving, source] as const)

  /** Whose mailbox it is on that side, and how it is given back after it was taken away. */
  const ownerOn = ([side, { address, store }]: ReturnType<typeof exchangeOf>) => {
    const person = personByAddress(side.organisation, address)
    assert.ok(person)
    return {
      leave() {
        person.mailboxGuid = undefined
      },
      comeBack() {
        person.mailboxGuid = store?.guid
      },
    }
  }

  /** Does something when so much has been asked that the first items are on their way. */
  const inMidRun = ({ organisation }: SandboxSide, act: () => void): void => {
    organisation.faults.request = ({ operation }) => {
      if (!['UploadItems', 'CreateItem', 'ExportItems', 'SyncFolderItems'].includes(operation)) return undefined
      organisation.faults.request = undefined
      act()
      return undefined
    }
  }

  /** Started again as often as a person would; at the end both sides are the same. */
  const proven = async ({ migration, source, target }: Scene): Promise<void> => {
    let state: PairState = { state: 'new' }
    for (let runs = 0; runs < 3 && state.state !== 'completed'; runs++) state = await migration.run()
    assert.deepEqual(await target.view(), await source.view())
    assert.equal(state.state, 'completed')
  }

  const passing = {
    'shows a sign-in page in place of an answer': { kind: 'signInPage' },
    'answers a fault, and rubbish after it': { kind: 'faultThenRubbish' },
    'answers XML that breaks off': { kind: 'brokenXml' },
    'is unavailable': { kind: 'unavailable', retryAfterSeconds: 1 },
  } as const
  for (const direction of withExchange) {
    for (const [name, trouble] of Object.entries(passing)) {
      it(`and ${name} gives and gets everything once from ${direction.join(' to ')}`, async function () {
        this.timeout(60_000)
        await using scenery = await scene(servers, direction)
        for (const { site } of sides()) {
          site.troubles.add({ trouble, operations: ['ExportItems', 'UploadItems', 'CreateItem'], times: 2 })
          site.troubles.add({ trouble, operations: ['SyncFolderItems', 'GetItem', 'FindItem'], skip: 1, times: 1 })
        }
        await proven(scenery)
      })
    }

    for (const hours of [-1, 1]) {
      it(`finds what it wrote from ${direction.join(' to ')} though Exchange’s clock is ${hours} h off and answers are lost`, async function () {
        this.timeout(60_000)
        servers.sandbox.clock.aheadMilliseconds = hours * 3_600_000
        await using scenery = await scene(servers, direction)
        for (const { site } of sides())
          site.troubles.add({ trouble: { kind: 'dropAfter' }, operations: ['UploadItems', 'CreateItem'], times: 3 })
        await proven(scenery)
      })
    }

    it(`lists damaged items one by one from ${direction.join(' to ')}, each with its reason, and carries the rest`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration } = scenery
      const damaged = new Map([
        ['Grüße 1', 'ErrorItemCorrupt'],
        ['Grüße 4', 'ErrorMimeContentConversionFailed'],
        ['Grüße 5', 'ErrorMimeContentInvalid'],
        ['Grüße 30', 'ErrorContentConversionFailed'],
      ] as const)
      for (const { organisation } of sides())
        organisation.faults.item = ({ subject, operation }) =>
          ['ExportItems', 'GetItem', 'CreateItem', 'UploadItems'].includes(operation)
            ? [...damaged].find(([one]) => one === subject)?.[1]
            : undefined
      const state = await migration.run()
      assert.deepEqual([state.state, 'differences' in state && state.differences], ['completedWithDifferences', 4])
      assert.deepEqual(await migration.counts(), { done: 9, failed: 4 })
      assert.deepEqual(responses(scenery), [...damaged.values()].sort())
      for (const { organisation } of sides()) organisation.faults.item = undefined
      await proven(scenery)
    })
  }

  for (const direction of withExchange.filter(([, to]) => to === 'Exchange')) {
    const name = direction.join(' to ')

    it(`lists what is larger than Exchange takes from ${name}, by size and limit, and carries the rest`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source } = scenery
      const big = mime(100, 'x'.repeat(20_000))
      if (source.store) putMail(source.store, ['INBOX'], { mime: big, received: received(100) })
      else await seedMailbox(servers.imap, source.address, [{ path: ['INBOX'], messages: [{ body: big.replaceAll('\n', '\r\n') }] }])
      servers.sandbox.receiving.organisation.limits.maxMessageSize = 15_000
      const state = await migration.run()
      assert.deepEqual([state.state, 'differences' in state && state.differences], ['completedWithDifferences', 1])
      assert.deepEqual([await migration.reasons(), await migration.counts()], [['item.tooLarge'], { done: 13, failed: 1 }])
      servers.sandbox.receiving.organisation.limits.maxMessageSize = 1_000_000
      await proven(scenery)
    })

    it(`keeps what fitted from ${name} when the mailbox is full, and goes on when there is room`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, target } = scenery
      assert.ok(target.store)
      target.store.quota = target.store.size + 12_000
      assert.equal(codeOf(await migration.run()), 'mailbox.full')
      const { done = 0 } = await migration.counts()
      assert.ok(done > 0 && done < 13)
      target.store.quota = undefined
      await proven(scenery)
    })
  }

  for (const direction of withExchange) {
    const name = direction.join(' to ')
    it(`stops from ${name} where a mailbox was created anew under its address, and writes nothing`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source, target } = scenery
      await migration.run()
      const side = target.store ? servers.sandbox.receiving : servers.sandbox.leaving
      const person = personByAddress(side.organisation, (target.store ? target : source).address)
      assert.ok(person)
      const store = giveMailbox(side.organisation, person)
      const before = store.items.size
      assert.equal(codeOf(await migration.run()), 'mailbox.replaced')
      assert.equal(store.items.size, before)
    })

    it(`waits from ${name} for a mailbox that is moved in mid-run, and goes on once it is there`, async function () {
      this.timeout(60_000)
      await using scenery = await scene(servers, direction)
      const [side, { store }] = exchangeOf(scenery)
      inMidRun(side, () => {
        side.organisation.faults.mailboxes.set(store?.guid ?? '', 'ErrorMailboxMoveInProgress')
        setTimeout(() => side.organisation.faults.mailboxes.clear(), 1500)
      })
      await proven(scenery)
    })

    it(`says from ${name} that a mailbox is no longer there when it left in mid-run, and keeps what was done`, async function () {
      this.timeout(60_000)
      await using scenery = await scene(servers, direction)
      const { migration } = scenery
      const owner = ownerOn(exchangeOf(scenery))
      inMidRun(exchangeOf(scenery)[0], owner.leave)
      assert.equal(codeOf(await migration.run()), 'mailbox.notFound')
      owner.comeBack()
      await proven(scenery)
    })
  }

  for (const direction of withExchange) {
    const name = direction.join(' to ')
    for (const [kind, to, redirect] of [
      ['another organisation', 'contoso.onmicrosoft.test', { address: 'ann@contoso.onmicrosoft.test' }],
      ['another host', 'mail.contoso.test', { url: 'https://mail.contoso.test/autodiscover/autodiscover.xml' }],
    ] as const) {
      it(`says from ${name} where a mailbox lives that moved to ${kind} in mid-run, and goes on when it is back`, async function () {
        this.timeout(60_000)
        await using scenery = await scene(servers, direction)
        const { migration } = scenery
        const [side, { address }] = exchangeOf(scenery)
        const owner = ownerOn(exchangeOf(scenery))
        inMidRun(side, () => {
          owner.leave()
          side.site.redirects.set(address, redirect)
        })
        for (const when of ['in mid-run', 'at the next start']) {
          const state = await migration.run()
          assert.ok('error' in state && state.error?.code === 'mailbox.elsewhere', `${when}: ${codeOf(state)}`)
          assert.equal(state.state, 'waiting')
          const { message, next } = inWords(state.error)
          assert.match(message, new RegExp(`leads to ${to}, another organisation.*No secret was sent there`))
          assert.match(next, /define a connection to that organisation/)
        }
        side.site.redirects.clear()
        owner.comeBack()
        await proven(scenery)
      })
    }
  }

  for (const answer of ['ErrorWrongServerVersion', 'ErrorProxyRequestNotAllowed'] as const) {
    it(`says that another server of the organisation has a mailbox where its own answers ${answer}`, async () => {
      await using scenery = await scene(servers, ['Exchange', 'IMAP'])
      const { leaving } = servers.sandbox
      inMidRun(leaving, () => leaving.organisation.faults.mailboxes.set(scenery.source.store?.guid ?? '', answer))
      const state = await scenery.migration.run()
      assert.ok('error' in state && state.error?.code === 'mailbox.elsewhere', codeOf(state))
      assert.match(inWords(state.error).message, new RegExp(`another server of the organisation has it.*${answer}`))
      leaving.organisation.faults.mailboxes.clear()
      await proven(scenery)
    })
  }

  it('does without the one mailbox of ten that the account may not open, and says what to do', async () => {
    const { leaving, receiving } = servers.sandbox
    using dir = tempDir()
    const people = leaving.people.slice(-10)
    for (const person of people) putMail(storeOf(leaving.organisation, person), ['INBOX'], { mime: mime(1), received: received(1) })
    const denied = people[3]
    assert.ok(denied?.mailboxGuid)
    leaving.organisation.faults.impersonationDenied.add(denied.mailboxGuid)
    const connection = (role: 'source' | 'target', side: SandboxSide) => {
      const { connection, secret } = exchangeEndpoint(side)
      writeFileSync(join(dir.path, role), secret, { mode: 0o600 })
      return { name: role, role, secret: { file: role }, ...connection }
    }
    const pairs = people.map((person, index) => ({
      source: person.primarySmtpAddress,
      target: receiving.people.slice(-10)[index]?.primarySmtpAddress,
    }))
    const file = join(dir.path, 'plan.json')
    writeFileSync(
      file,
      JSON.stringify({
        connections: [connection('source', leaving), connection('target', receiving)],
        jobs: [{ name: 'move', source: 'source', target: 'target', pairs }],
      }),
    )
    await using client = createLocalClient({ ledger: join(dir.path, 'ledger.db'), version: 'test' })
    await client.call('plan.apply', { file })
    const { list } = await client.call('job.start', { name: 'move', delta: false })
    const states = Map.groupBy(list, ({ state }) => codeOf(state))
    assert.deepEqual(Object.fromEntries([...states].map(([code, some]) => [code, some.length])), { completed: 9, 'permission.actAs': 1 })
    const other = list.find(({ source }) => source.address === denied.primarySmtpAddress)
    assert.ok(other && 'error' in other.state && other.state.error?.code === 'permission.actAs')
    assert.match(
      inWords(other.state.error).next,
      /New-ManagementRoleAssignment -Role ApplicationImpersonation -User 'admin@fabrikam\.test'/,
    )
  })
})

/** What Exchange said of each item that failed. */
function responses({ migration }: Scene): string[] {
  using db = new DatabaseSync(migration.ledgerFile, { readOnly: true })
  return db
    .prepare("select error ->> '$.params.response' as response from items where error is not null order by 1")
    .all()
    .map(row => String(row['response']))
}
