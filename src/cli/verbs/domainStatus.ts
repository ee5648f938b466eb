import { exitCodes } from '../../domain/exitCodes.ts'
import { nextText, verificationText } from '../display/connectionText.ts'
import { table } from '../table.ts'
import { verb } from '../verb.ts'

export const domainStatus = verb({
  words: 'domain status',
  summary: 'Show the connections that a domain change can touch, and what each waits for.',
  details: 'From the ledger alone; `mailferry connection check --all` asks the servers. The exit code is 8 when one is stale.',
  async run({ out, client }) {
    const connections = await client.call('domain.status', {})
    if (out.json) for (const connection of connections) out.say({ event: 'domainStatus', ...connection }, [])
    else if (connections.length === 0) out.say({ event: 'none' }, 'No domain change can touch any of the connections.')
    else {
      const rows = connections.map(({ connection, role, domains, verification, usedBy }) => [
        connection,
        role,
        domains.join(', '),
        usedBy.join(', '),
        verificationText(verification),
      ])
      const next = connections.flatMap(({ connection, verification }) => nextText(connection, verification) ?? [])
      out.say({ event: 'domainStatus' }, [...table(['CONNECTION', 'ROLE', 'DOMAINS', 'USED BY', 'STATE'], rows), ...next])
    }
    return connections.some(({ verification }) => verification.state === 'stale') ? exitCodes.stale : exitCodes.ok
  },
})
