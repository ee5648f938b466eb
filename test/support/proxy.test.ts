import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { type ProxyOptions, startProxy } from './proxy.ts'

describe('the test proxy', () => {
  it('delays bytes without serialising them', async () => {
    await using server = await startEcho()
    await using proxy = await startProxy({ to: server, roundTripMs: 40 })
    const client = connect(proxy)
    await answered(client, '0')
    const started = performance.now()
    for (let i = 0; i < 50; i++) client.write('x')
    let got = 0
    while (got < 50) got += ((await once(client, 'data')) as [Buffer])[0].length
    const took = performance.now() - started
    client.destroy()
    assert.ok(took >= 39 && took < 400, `50 pipelined bytes took ${took} ms`)
  })

  it('counts round trips as the client pays them', async () => {
    await using server = await startEcho()
    await using proxy = await startProxy({ to: server })
    const client = connect(proxy)
    for (const word of ['one', 'two', 'three']) assert.equal(await answered(client, word), word)
    client.destroy()
    assert.deepEqual(
      { ...proxy.stats(), open: 0 },
      {
        connections: 1,
        open: 0,
        cuts: 0,
        bytesUp: 11,
        bytesDown: 11,
        roundTrips: 3,
      },
    )
  })

  it('cuts connections after a number of bytes that the seed decides', async () => {
    const first = await bytesUntilCut({ seed: 7, cutEveryBytes: 5000 })
    const again = await bytesUntilCut({ seed: 7, cutEveryBytes: 5000 })
    const other = await bytesUntilCut({ seed: 8, cutEveryBytes: 5000 })
    assert.equal(first, again)
    assert.notEqual(first, other)
  })

  it('cuts, stalls and resumes when told', async () => {
    await using server = await startEcho()
    await using proxy = await startProxy({ to: server })
    const client = connect(proxy)
    await answered(client, 'hello')
    proxy.stall()
    const answer = answered(client, 'late')
    const early = await Promise.race([answer, new Promise(resolve => setTimeout(resolve, 60, 'nothing'))])
    assert.equal(early, 'nothing')
    proxy.resume()
    assert.equal(await answer, 'late')
    proxy.cut()
    const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException]
    assert.equal(error.code, 'ECONNRESET')
    assert.equal(proxy.stats().cuts, 1)
  })

  it('holds a line to its capacity', async () => {
    await using server = await startEcho()
    await using proxy = await startProxy({
      to: server,
      bytesPerSecond: 1_000_000,
    })
    const client = connect(proxy)
    const started = performance.now()
    client.write(Buffer.alloc(200_000))
    let got = 0
    while (got < 200_000) got += ((await once(client, 'data')) as [Buffer])[0].length
    client.destroy()
    assert.ok(performance.now() - started >= 190)
  })
})

async function startEcho(): Promise<{ host: string; port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return {
    host: '127.0.0.1',
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function answered(client: Socket, word: string): Promise<string> {
  client.write(word)
  return String(((await once(client, 'data')) as [Buffer])[0])
}

async function bytesUntilCut(faults: NonNullable<ProxyOptions['faults']>): Promise<number> {
  await using server = await startEcho()
  await using proxy = await startProxy({ to: server, faults })
  const client = connect(proxy)
  const timer = setInterval(() => client.write(Buffer.alloc(256)), 1)
  await assert.rejects(once(client, 'close'), /ECONNRESET/)
  clearInterval(timer)
  const { bytesUp, bytesDown } = proxy.stats()
  return bytesUp + bytesDown
}
