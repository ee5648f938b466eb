import { setTimeout as sleep } from 'node:timers/promises'
import { MailferryError } from '../../src/domain/errors.ts'
import { engineEnd } from '../../src/rpc/engineEnd.ts'

/** The other end for the channel's tests, in a process of its own. What it does with a request is told by the name in it. */
const end = engineEnd(process, {
  async answer(method, params, { signal, emit }) {
    const { name } = params as { name?: string }
    switch (name) {
      case 'refused':
        throw new MailferryError('inUse', { connection: 'Old', jobs: ['Move'] })
      case 'until cancelled':
        emit({ event: 'following', job: 'Move', mailbox: 'anna', engine: 'began' })
        await sleep(60_000, undefined, { signal })
        return undefined
      case 'events':
        for (let n = 0; n < 100; n += 1) emit({ event: 'following', job: 'Move', mailbox: 'anna', engine: String(n) })
        return undefined
      case 'secret':
        return end.secretOf('the connection')
      case 'noise':
        process.send?.({ surprise: true })
        return sleep(60_000)
      case 'wrong notification':
        process.send?.({ jsonrpc: '2.0', method: 'ledger.changed', params: { connections: 7 } })
        return sleep(60_000)
      case 'death':
        process.exit(7)
    }
    return [method, params]
  },
  ended: () => process.exit(0),
})
