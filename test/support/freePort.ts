import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** A port nobody listens on, outside the range the system takes for outgoing connections, so it stays free until used. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000)
    if (await isFree(host, port)) return port
  }
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
