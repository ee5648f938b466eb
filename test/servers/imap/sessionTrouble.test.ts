import assert from 'node:assert/strict'
import type { MailSession, OutgoingItem, WriteResult } from '../../../src/servers/mailServer.ts'
import {
  bare,
  courierLike,
  cyrusLike,
  exchangeLike,
  gmailLike,
  type HostileImap,
  type HostileOptions,
  startHostileImap,
} from '../../support/hostileImap.ts'
import { codeOf, contents, folderNamed, item, listed, openSession, put, scanned, streamed, writing } from './sessionSupport.ts'

const users = { ann: 'secret' }
const mail = (text: string): string => `Subject: ${text}\r\nMessage-ID: <${text}@example.com>\r\n\r\n${text}\r\n`
const inboxOf = (server: HostileImap): number => server.snapshot('ann').folders.get('INBOX')?.length ?? 0

/** What became of each item: `written`, or why not. */
const outcomes = (results: readonly WriteResult[]): string[] =>
  results.map(result => (result.state === 'written' ? 'written' : `${result.state} ${result.error.code}`))

interface Scene extends AsyncDisposable {
  readonly server: HostileImap
  readonly session: MailSession
  write(...items: OutgoingItem[]): Promise<readonly WriteResult[]>
  read(): Promise<Map<number | string, string>>
}

/** A server in memory with so many messages in its INBOX, and a session on it. */
async function scene(
  options: Omit<HostileOptions, 'users'> = {},
  { messages = 0, ...more }: { readonly messages?: number } & Parameters<typeof openSession>[2] = {},
): Promise<Scene> {
  const server = await startHostileImap({ users, ...options })
  server.seed('ann', [{ path: ['INBOX'], messages: Array.from({ length: messages }, (_, index) => ({ body: mail(`m${index + 1}`) })) }])
  const session = await openSession(server, 'ann', more)
  const inbox = await folderNamed(session, 'INBOX')
  return {
    server,
    session,
    write: (...items) => session.write(inbox, items, writing),
    read: async () =>
      contents(
        session,
        inbox,
        Array.from({ length: messages }, (_, index) => index + 1),
      ),
    async [Symbol.asyncDispose]() {
      await session[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

const whole = (messages: number): Map<number, string> =>
  new Map(Array.from({ length: messages }, (_, index) => [index + 1, mail(`m${index + 1}`)]))

describe('reading from a server in trouble', () => {
  for (const [name, trouble] of Object.entries({
    'says BYE in the middle of a message': { kind: 'cutIn', bytes: 300, bye: 'shutting down' },
    'drops the connection in the middle of a message': { kind: 'cutIn', bytes: 150 },
    'drops the connection instead of answering': { kind: 'cut' },
    'talks nonsense': { kind: 'garbage', bytes: 'HTTP/1.1 500 Oops\r\n' },
    'closes the session': { kind: 'bye', text: 'Autologout' },
    'answers under another tag and goes silent': { kind: 'wrongTag' },
  } as const)) {
    it(`goes on where it was when it ${name}`, async () => {
      await using one = await scene({ rules: [{ on: /^UID FETCH .*BODY/, trouble, times: 2 }] }, { messages: 9, silence: 200 })
      assert.deepEqual(await one.read(), whole(9))
    })
  }

  it('gives up a message at which the connection breaks each time, and reads the others', async () => {
    // As a server does that crashes over the fifth.
    const rules = [
      { on: /^UID FETCH 1:9 .*BODY/, trouble: { kind: 'cutIn', bytes: 380 } },
      { on: /^UID FETCH 5(:9)? .*BODY/, trouble: { kind: 'cutIn', bytes: 40 }, times: 99 },
    ] as const
    await using one = await scene({ rules }, { messages: 9 })
    assert.deepEqual(await one.read(), new Map([...whole(9), [5, 'item.unreadable']]))
    assert.ok(one.server.connections <= 6, `${one.server.connections} connections`)
  })

  it('gives up a message that the server refuses, and reads the others', async () => {
    const no = { kind: 'answer', text: 'NO [UNKNOWN-CTE] Internal error' } as const
    await using one = await scene({ rules: [{ on: /^UID FETCH (1:9|4) .*BODY/, trouble: no, times: 9 }] }, { messages: 9 })
    assert.deepEqual(await one.read(), new Map([...whole(9), [4, 'item.unreadable']]))
  })

  it('gives up a message that comes as NIL', async () => {
    const nil = { kind: 'garbage', bytes: '* 4 FETCH (UID 4 BODY[] NIL)\r\n' } as const
    const no = { kind: 'answer', text: 'NO not all of them' } as const
    await using one = await scene(
      {
        rules: [
          { on: /^UID FETCH 1:9 .*BODY/, trouble: no },
          { on: /^UID FETCH 4 .*BODY/, trouble: nil, times: 9 },
        ],
      },
      { messages: 9 },
    )
    assert.equal((await one.read()).get(3), mail('m3'))
  })

  it('asks for patience on behalf of a server that wants it', async () => {
    const heard: (number | undefined)[] = []
    const text = 'BAD Request is throttled. Suggested Backoff Time: 4711 milliseconds'
    await using one = await scene(
      { rules: [{ on: /^UID FETCH/, trouble: { kind: 'answer', text } }] },
      { messages: 3, onBusy: ms => heard.push(ms) },
    )
    await assert.rejects(one.read(), error => codeOf(error) === 'server.busy')
    assert.deepEqual(heard, [4711])
    assert.deepEqual(await one.read(), whole(3))
  })

  it('gives up a server that stays silent', async () => {
    await using one = await scene(
      { rules: [{ on: /^EXAMINE/, trouble: { kind: 'silence', after: true }, times: 99 }] },
      { messages: 3, silence: 100 },
    )
    const inbox = await folderNamed(one.session, 'INBOX')
    await assert.rejects(scanned(one.session, inbox), error => codeOf(error) === 'server.stalled')
  })

  it('lists what a server left out of a listing, so that it has a row', async () => {
    const some = { kind: 'answer', text: 'OK done' } as const
    await using one = await scene({ rules: [{ on: /^UID FETCH 1:\*/, trouble: some }] }, { messages: 3 })
    const { items } = await scanned(one.session, await folderNamed(one.session, 'INBOX'))
    assert.deepEqual(
      items.map(({ key, size }) => [key, size]),
      [
        [1, 0],
        [2, 0],
        [3, 0],
      ],
    )
  })

  it('does with one connection where the server allows no more', async () => {
    await using one = await scene({ personality: { ...gmailLike, connectionsPerUser: 1 } }, { messages: 50, connections: 4 })
    const inbox = await folderNamed(one.session, 'INBOX')
    const all = await Promise.all(Array.from({ length: 8 }, () => scanned(one.session, inbox)))
    assert.deepEqual(
      all.map(({ items }) => items.length),
      Array.from({ length: 8 }, () => 50),
    )
    assert.deepEqual(await one.read(), whole(50))
  })
})

describe('writing to servers of all kinds', () => {
  for (const [name, personality] of Object.entries({ bare, courierLike, cyrusLike, exchangeLike, gmailLike })) {
    it(`stores what it is given when ${name}`, async () => {
      await using one = await scene({ personality }, { messages: 2 })
      const flags = ['\\Seen', 'Work']
      const results = await one.write(item(mail('a'), { flags }), item(mail('b')), item(mail('x'.repeat(5000))), item(''))
      assert.deepEqual(outcomes(results), ['written', 'written', 'written', 'written'])
      await one.write(streamed(mail('y'.repeat(100_000)), { flags }))
      const stored = one.server.snapshot('ann').folders.get('INBOX') ?? []
      assert.deepEqual(
        stored.slice(2).map(({ size }) => size),
        [mail('a'), mail('b'), mail('x'.repeat(5000)), '', mail('y'.repeat(100_000))].map(({ length }) => length),
      )
      const keys = results.map(result => (result.state === 'written' ? result.key : undefined))
      assert.deepEqual(keys, personality.capabilities.includes('UIDPLUS') ? [3, 4, 5, 6] : [undefined, undefined, undefined, undefined])
      const [first] = results
      assert.deepEqual(first?.state === 'written' && first.flags, personality.noKeywords === true ? ['\\Seen'] : undefined)
    })
  }

  it('tells that sizes are estimates, from the greeting or as soon as a message proves it', async () => {
    await using exchange = await scene({ personality: exchangeLike })
    assert.equal(exchange.session.traits.exactSizes, false)
    await using other = await scene({ personality: { ...bare, wrongSizes: true } }, { messages: 3 })
    assert.equal(other.session.traits.exactSizes, true)
    const inbox = await folderNamed(other.session, 'INBOX')
    const sizes = new Map((await listed(other.session, inbox)).map(({ key, size }) => [key, size]))
    await contents(other.session, inbox, [1, 2, 3], { sizeOf: key => sizes.get(key) })
    assert.equal(other.session.traits.exactSizes, false)
  })

  it('drops keywords that a server refuses, and tells so', async () => {
    const no = { kind: 'answer', text: 'NO Invalid flag' } as const
    await using one = await scene({
      personality: { ...bare, literals: '+', capabilities: ['IMAP4rev1', 'LITERAL+', 'UIDPLUS'] },
      rules: [{ on: /^APPEND .*Work/, trouble: no, times: 9 }],
    })
    const results = await one.write(item(mail('a'), { flags: ['\\Seen', 'Work'] }))
    assert.deepEqual(results, [{ state: 'written', key: 1, flags: ['\\Seen'] }])
  })

  it('keeps one bad item from failing its batch', async () => {
    await using one = await scene({ personality: cyrusLike })
    const results = await one.write(item(mail('a')), item('Subject: x\r\n\r\nbare\nLF'), item(mail('b')))
    assert.deepEqual(outcomes(results), ['written', 'refused item.rejected', 'written'])
    assert.equal(inboxOf(one.server), 2)
  })

  it('tells what is too large for the server, announced or not', async () => {
    await using announced = await scene({
      personality: {
        ...gmailLike,
        maxMessageSize: 2000,
        capabilities: gmailLike.capabilities.map(name => (name.startsWith('APPENDLIMIT') ? 'APPENDLIMIT=2000' : name)),
      },
    })
    assert.deepEqual(outcomes(await announced.write(item(mail('a')), item('x'.repeat(3000)))), ['written', 'refused item.tooLarge'])
    assert.ok(!announced.server.commands.some(command => command.includes('{3000')))
    for (const literals of ['+', 'sync'] as const) {
      const capabilities = ['IMAP4rev1', ...(literals === '+' ? ['LITERAL+', 'MULTIAPPEND'] : [])]
      await using silent = await scene({ personality: { ...bare, literals, capabilities, maxMessageSize: 2000 } })
      assert.deepEqual(outcomes(await silent.write(item(mail('a')), item('x'.repeat(3000)), item(mail('b')))), [
        'written',
        'refused item.tooLarge',
        'written',
      ])
      assert.deepEqual(outcomes(await silent.write(streamed('x'.repeat(30_000)))), ['refused item.tooLarge'])
      assert.deepEqual(outcomes(await silent.write(item(mail('c')))), ['written'])
    }
  })

  it('tells when the mailbox is full, and stores what still fits', async () => {
    await using one = await scene({ personality: { ...cyrusLike, quota: 3000 } })
    const results = await one.write(item(mail('a')), item('x'.repeat(4000)), item(mail('b')))
    assert.deepEqual(outcomes(results), ['written', 'refused mailbox.full', 'written'])
  })
})

describe('writing to a server in trouble', () => {
  it('does not know what became of a batch whose answer never came, and goes on', async () => {
    for (const personality of [bare, cyrusLike]) {
      await using one = await scene({ personality, rules: [{ on: /^APPEND/, trouble: { kind: 'loseAnswer' } }] })
      assert.deepEqual(outcomes(await one.write(item(mail('a')))), ['unknown server.dropped'])
      assert.equal(inboxOf(one.server), 1)
      assert.deepEqual(outcomes(await one.write(item(mail('b')))), ['written'])
    }
  })

  it('does not know it either when the server goes silent', async () => {
    await using one = await scene(
      { personality: cyrusLike, rules: [{ on: /^APPEND/, trouble: { kind: 'silence', after: true } }] },
      { silence: 100 },
    )
    assert.deepEqual(outcomes(await one.write(item(mail('a')), item(mail('b')))), ['unknown server.stalled', 'unknown server.stalled'])
  })

  it('knows that nothing was stored when the server asked for patience', async () => {
    const heard: (number | undefined)[] = []
    const text = 'NO [UNAVAILABLE] Server busy'
    await using one = await scene(
      { personality: cyrusLike, rules: [{ on: /^APPEND/, trouble: { kind: 'answer', text } }] },
      { onBusy: ms => heard.push(ms) },
    )
    assert.deepEqual(outcomes(await one.write(item(mail('a')), item(mail('b')))), ['refused server.busy', 'refused server.busy'])
    assert.deepEqual(heard, [undefined])
    assert.equal(inboxOf(one.server), 0)
  })

  it('sends nothing after the deadline', async () => {
    await using one = await scene({ personality: cyrusLike })
    const inbox = await folderNamed(one.session, 'INBOX')
    const passed = performance.now() - 1
    const [result] = await one.session.write(inbox, [item(mail('a'))], { ...writing, deadline: () => passed })
    assert.equal(result && outcomes([result])[0], 'refused lease.lost')
    assert.ok(!one.server.commands.some(command => command.startsWith('APPEND')))
  })

  it('breaks off a message whose deadline passes while it is being sent', async () => {
    await using one = await scene({ personality: cyrusLike })
    const inbox = await folderNamed(one.session, 'INBOX')
    let deadline = Number.POSITIVE_INFINITY
    async function* stream() {
      yield Buffer.alloc(400_000, 'x')
      deadline = performance.now()
      yield Buffer.alloc(400_000, 'x')
    }
    const large: OutgoingItem = { ...item(''), content: { size: 800_000, stream: stream() } }
    const [result] = await one.session.write(inbox, [large], { ...writing, deadline: () => deadline })
    assert.equal(result?.state !== 'written' && result?.error.code, 'lease.lost')
    assert.equal(inboxOf(one.server), 0)
  })

  it('stores nothing of a message whose source breaks off, or has another size than it said', async () => {
    async function* broken() {
      yield Buffer.alloc(400_000, 'x')
      throw new Error('the source is gone')
    }
    async function* short() {
      yield Buffer.alloc(10, 'x')
    }
    for (const [size, stream, code] of [
      [800_000, broken, 'refused internal'],
      [11, short, 'refused item.changed'],
      [9, short, 'refused item.changed'],
    ] as const) {
      await using one = await scene({ personality: cyrusLike })
      assert.deepEqual(outcomes(await one.write({ ...item(''), content: { size, stream: stream() } })), [code])
      assert.equal(inboxOf(one.server), 0)
      assert.deepEqual(outcomes(await one.write(item(mail('b')))), ['written'])
    }
  })

  it('ends at once with the signal of its session', async () => {
    const abort = new AbortController()
    await using one = await scene(
      { personality: cyrusLike, rules: [{ on: /^APPEND/, trouble: { kind: 'silence', after: false } }] },
      { signal: abort.signal },
    )
    const writingOn = one.write(item(mail('a')))
    setTimeout(() => abort.abort(), 50)
    assert.deepEqual(outcomes(await writingOn), ['unknown stopped'])
    await assert.rejects(one.session.folders(), error => codeOf(error) === 'stopped')
  })

  it('sends what is written to one folder in the order it was asked to', async () => {
    await using one = await scene({ personality: exchangeLike })
    const inbox = await folderNamed(one.session, 'INBOX')
    const keys = await Promise.all([1, 2, 3].map(n => put(one.session, inbox, item(mail(`p${n}`)), item(mail(`q${n}`)))))
    assert.deepEqual(keys, [
      [1, 2],
      [3, 4],
      [5, 6],
    ])
  })
})
