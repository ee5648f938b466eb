import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const connectionDuplicate = verb({
  words: 'connection duplicate',
  positionals: ['NAME', 'NEW-NAME'],
  summary: 'Make another connection with the same settings, without the secret.',
  async run({ out, client }, { positionals: [name = '', as = ''] }) {
    const made = await client.call('connection.duplicate', { name, as })
    out.say({ event: 'duplicated', connection: made.name, of: name }, `“${made.name}” has the settings of “${name}”, and no secret yet.`)
    return exitCodes.ok
  },
})
