import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const connectionDelete = verb({
  words: 'connection delete',
  positionals: ['NAME'],
  summary: 'Delete a connection that no job uses, and its stored secret.',
  async run({ out, client }, { positionals: [name = ''] }) {
    await client.call('connection.delete', { name })
    out.say({ event: 'deleted', connection: name }, `Deleted “${name}”.`)
    return exitCodes.ok
  },
})
