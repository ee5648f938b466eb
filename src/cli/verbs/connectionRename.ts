import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const connectionRename = verb({
  words: 'connection rename',
  positionals: ['NAME', 'NEW-NAME'],
  summary: 'Give a connection another name; allowed while jobs use it.',
  async run({ out, client }, { positionals: [name = '', to = ''] }) {
    const renamed = await client.call('connection.rename', { name, to })
    out.say({ event: 'renamed', connection: renamed.name, was: name }, `“${name}” is “${renamed.name}” now.`)
    return exitCodes.ok
  },
})
