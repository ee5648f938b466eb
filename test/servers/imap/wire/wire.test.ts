import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import type { RawConnection } from '../../../../src/servers/imap/handOver.ts'
import type { FetchFields } from '../../../../src/servers/imap/wire/fetchParser.ts'
import { createPool } from '../../../../src/servers/imap/wire/pool.ts'
import { Wire, type WireOptions } from '../../../../src/servers/imap/wire/wire.ts'
import { codeOf } from '../sessionSupport.ts'
import { type Listener, listen } from '../support.ts'

interface Line extends AsyncDisposable {
  readonly wire: Wire
  readonly listener: Listener
  /** The server's end. */
  readonly server: Socket
  says(...lines: string[]): void
  /** Waits until the server received so much that this is in it. */
  heard(text: string): Promise<void>
}

/** A wire and the server's end of it, where the test is the server. */
async function line(capabilities: readonly string[] = ['LITERAL+'], options: Partial<WireOptions> = {}): Promise<Line> {
  const serverEnd = Promise.withResolvers<Socket>()
  const listener = await listen(socket => serverEnd.resolve(socket))
  const socket = connect(listener.server.port, listener.server.host)
  await once(socket, 'connect')
  const connection: RawConnection = {
    read: socket,
    write: socket,
    socket,
    capabilities: new Set(capabilities),
    enabled: new Set(),
    namespace: { prefix: '', delimiter: '/', utf8: false },
  }
  const wire = new Wire(connection, { host: 'imap.example.com', mailbox: 'ann', silence: 1000, ...options })
  const server = await serverEnd.promise
  return {
    wire,
    listener,
    server,
    says: (...lines) => void server.write(lines.map(text => `${text}\r\n`).join(''), 'latin1'),
    async heard(text) {
      while (!listener.received().includes(text)) await once(server, 'data')
    },
    async [Symbol.asyncDispose]() {
      socket.destroy()
      await listener[Symbol.asyncDispose]()
    },
  }
}

const uidsOf = (uids: readonly number[], found: number[]) => ({
  wants: (uid: number) => uids.includes(uid),
  fetched: ({ uid }: FetchFields) => void found.push(uid),
})

describe('a wire', () => {
  it('sends commands without waiting, those of one turn in one packet', async () => {
    await using it = await line()
    const answers = [it.wire.send({ name: 'NOOP' }), it.wire.send({ name: 'CHECK', text: 'CHECK' })].map(({ answer }) => answer)
    const [packet] = await once(it.server, 'data')
    assert.equal(String(packet), 'M1 NOOP\r\nM2 CHECK\r\n')
    it.says('M1 OK [X y] done', 'M2 NO sorry')
    assert.deepEqual(
      (await Promise.all(answers)).map(({ status, code, text }) => [status, code, text]),
      [
        ['OK', 'X', 'done'],
        ['NO', undefined, 'sorry'],
      ],
    )
  })

  it('gives data to whom it belongs when the server works at several commands at a time', async () => {
    await using it = await line()
    const [first, second, third]: [number[], number[], string[]] = [[], [], []]
    const sent = [
      it.wire.send({ name: 'UID FETCH', fetch: uidsOf([1, 2], first) }),
      it.wire.send({ name: 'UID FETCH', fetch: uidsOf([3, 4], second) }),
      it.wire.send({ name: 'STATUS', data: (kind, _number, rest) => kind === 'STATUS' && third.push(rest) > 0 }),
    ]
    // As Dovecot does: the first command is answered when the second one's data has been sent.
    it.says(
      '* 1 FETCH (UID 1)',
      '* 3 FETCH (UID 3)',
      '* 2 FETCH (UID 2)',
      '* STATUS x (MESSAGES 1)',
      '* 4 FETCH (UID 4)',
      '* 9 FETCH (UID 9)',
    )
    it.says('M2 OK', 'M1 OK', 'M3 OK')
    await Promise.all(sent.map(({ answer }) => answer))
    assert.deepEqual([first, second, third], [[1, 2], [3, 4], ['x (MESSAGES 1)']])
  })

  it('sends a literal at once where the server takes that, else when it says so', async () => {
    const content = Buffer.from('hello')
    for (const [capability, expected] of [
      ['LITERAL+', 'M1 APPEND x {5+}\r\nhello\r\nM2 NOOP\r\n'],
      ['LITERAL-', 'M1 APPEND x {5+}\r\nhello\r\nM2 NOOP\r\n'],
      ['IDLE', 'M1 APPEND x {5}\r\nhello\r\nM2 NOOP\r\n'],
    ] as const) {
      await using it = await line([capability])
      const sent = it.wire.send({
        name: 'APPEND',
        async content(out) {
          out.text('APPEND x ')
          const ready = out.literal(content.length)
          if (ready === true || (await ready)) out.bytes(content)
        },
      })
      it.wire.send({ name: 'NOOP' })
      if (capability === 'IDLE') {
        await it.heard('{5}\r\n')
        assert.ok(!it.listener.received().includes('hello'))
        it.says('+ go on')
      }
      await it.heard('NOOP')
      assert.equal(it.listener.received(), expected)
      it.says('M1 OK')
      assert.equal((await sent.answer).status, 'OK')
    }
  })

  it('sends nothing more of a command whose literal was refused, and goes on with the next', async () => {
    await using it = await line(['LITERAL-'])
    const content = async (out: {
      text(text: string): void
      literal(size: number): true | Promise<boolean>
      bytes(bytes: Buffer): void
    }) => {
      out.text('APPEND x ')
      const ready = out.literal(5000)
      if (ready === true || (await ready)) out.bytes(Buffer.alloc(5000, 'x'))
    }
    const refused = it.wire.send({ name: 'APPEND', content })
    it.wire.send({ name: 'NOOP' })
    await it.heard('{5000}\r\n')
    it.says('M1 NO [TOOBIG] too big')
    assert.equal((await refused.answer).code, 'TOOBIG')
    await it.heard('NOOP')
    assert.equal(it.listener.received(), 'M1 APPEND x {5000}\r\nM2 NOOP\r\n')
  })

  it('sends the rest of a command that is refused while its literal is on its way', async () => {
    await using it = await line()
    const half = Promise.withResolvers<void>()
    const sent = it.wire.send({
      name: 'APPEND',
      async content(out) {
        out.text('APPEND x ')
        await out.literal(10)
        out.bytes(Buffer.from('12345'))
        await out.flush()
        await half.promise
        out.bytes(Buffer.from('67890'))
      },
    })
    it.wire.send({ name: 'NOOP' })
    await it.heard('12345')
    it.says('M1 NO [OVERQUOTA] full')
    await sent.answer
    half.resolve()
    await it.heard('NOOP')
    assert.equal(it.listener.received(), 'M1 APPEND x {10+}\r\n1234567890\r\nM2 NOOP\r\n')
  })

  it('fails what is under way with the reason, and says what had not begun', async () => {
    for (const [end, code] of [
      [(it: Line) => it.server.destroy(), 'server.dropped'],
      [(it: Line) => it.says('* BYE Autologout; idle for too long'), 'server.bye'],
      [(it: Line) => it.says('* BYE [UNAVAILABLE] back soon'), 'server.busy'],
      [(it: Line) => it.says('M77 OK whose?'), 'server.protocol'],
      [(it: Line) => it.says('what?'), 'server.protocol'],
    ] as const) {
      await using it = await line(['IDLE'])
      const begun = it.wire.send({
        name: 'APPEND',
        async content(out) {
          await out.literal(3)
        },
      })
      const waiting = it.wire.send({ name: 'NOOP' })
      await it.heard('{3}')
      end(it)
      for (const { answer } of [begun, waiting]) await assert.rejects(answer, error => codeOf(error) === code)
      assert.deepEqual([begun.began, waiting.began, it.wire.alive], [true, false, false])
      await it.wire.ended
      await assert.rejects(it.wire.send({ name: 'NOOP' }).answer, error => codeOf(error) === code)
    }
  })

  it('gives a silent server up, but not one that waits for us', async () => {
    await using it = await line(['LITERAL+'], { silence: 60 })
    const slow = it.wire.send({
      name: 'APPEND',
      async content(out) {
        await out.literal(4)
        await new Promise(resolve => setTimeout(resolve, 200))
        out.bytes(Buffer.from('late'))
      },
    })
    await it.heard('late')
    it.says('M1 OK')
    assert.equal((await slow.answer).status, 'OK')
    await assert.rejects(it.wire.send({ name: 'NOOP' }).answer, error => codeOf(error) === 'server.stalled')
  })

  it('is patient with a server that stores something large', async () => {
    await using it = await line(['LITERAL+'], { silence: 60 })
    const sent = it.wire.send({ name: 'APPEND', patience: 1000 })
    await new Promise(resolve => setTimeout(resolve, 200))
    it.says('M1 OK')
    assert.equal((await sent.answer).status, 'OK')
  })

  it('waits with what it sends as a meter tells it', async () => {
    const metered: number[] = []
    const took = (bytes: number) => {
      metered.push(bytes)
      return new Promise<void>(resolve => setTimeout(resolve, 30))
    }
    await using it = await line(['LITERAL+'], { meter: { took } })
    const started = performance.now()
    const { answer } = it.wire.send({
      name: 'APPEND',
      async content(out) {
        await out.flush()
        out.bytes(Buffer.from('x'))
      },
    })
    await it.heard('x')
    it.says('M1 OK')
    await answer
    assert.ok(performance.now() - started >= 25)
    assert.equal(
      metered.reduce((sum, bytes) => sum + bytes),
      'M1 x\r\n'.length,
    )
  })

  it('says goodbye', async () => {
    await using it = await line()
    it.wire.close()
    await it.heard('LOGOUT')
    it.says('* BYE bye', 'M1 OK')
    it.server.end()
    await it.wire.ended
  })
})

describe('a pool of wires', () => {
  const refusal = Object.assign(new Error('too many'), { code: 'server.tooManyConnections' })

  it('opens one wire first, more only for work, and never more than it may', async () => {
    await using lines = new AsyncDisposableStack()
    const it = lines.use(await line())
    let opened = 0
    const pool = createPool({
      limit: 2,
      open: async () => {
        opened++
        const one = opened === 1 ? it : lines.use(await line())
        return one.wire
      },
    })
    const [first, same] = await Promise.all([pool.wire(), pool.wire()])
    assert.equal(first, same)
    assert.equal(opened, 1)
    for (let work = 0; work < 5; work++) (await pool.wire()).send({ name: 'NOOP' })
    await new Promise(resolve => setTimeout(resolve, 20))
    for (let work = 0; work < 5; work++) (await pool.wire()).send({ name: 'NOOP' })
    assert.equal(opened, 2)
    pool.close()
  })

  it('goes on with the wires it has when the server allows no more', async () => {
    await using it = await line()
    let opened = 0
    const pool = createPool({
      limit: 4,
      open: async () => {
        if (++opened > 1) throw refusal
        return it.wire
      },
    })
    for (let work = 0; work < 20; work++) {
      const wire = await pool.wire()
      wire.send({ name: 'NOOP' })
      await Promise.resolve()
    }
    await new Promise(resolve => setImmediate(resolve))
    await pool.wire()
    assert.equal(opened, 2)
    pool.close()
  })

  it('replaces a wire that broke, and tells when it can not', async () => {
    await using one = await line()
    await using two = await line()
    const wires = [one.wire, two.wire]
    const pool = createPool({
      limit: 1,
      open: async () => {
        const wire = wires.shift()
        if (!wire) throw refusal
        return wire
      },
    })
    assert.equal(await pool.wire(), one.wire)
    one.server.destroy()
    await one.wire.ended
    assert.equal(await pool.wire(), two.wire)
    two.server.destroy()
    await two.wire.ended
    await assert.rejects(pool.wire(), refusal)
  })
})
