import { exitCodes } from '../../domain/exitCodes.ts'
import { serverText, verificationText } from '../display/connectionText.ts'
import { table } from '../table.ts'
import { verb } from '../verb.ts'

export const connectionList = verb({
  words: 'connection list',
  summary: 'List the server connections and the jobs that use them.',
  async run({ out, client }) {
    const connections = await client.call('connection.list', {})
    if (out.json) for (const connection of connections) out.say({ event: 'connection', ...connection }, [])
    else if (connections.length === 0) out.say({ event: 'none' }, 'No connections yet. `mailferry apply PLAN.json` makes them.')
    else {
      const rows = connections.map(one => [
        one.name,
        one.role,
        serverText(one.settings),
        verificationText(one.verification),
        one.usedBy.join(', '),
      ])
      out.say({ event: 'connections' }, table(['NAME', 'ROLE', 'SERVER', 'STATE', 'USED BY'], rows))
    }
    return exitCodes.ok
  },
})
