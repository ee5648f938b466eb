import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const jobRename = verb({
  words: 'job rename',
  positionals: ['NAME', 'NEW-NAME'],
  summary: 'Give a job another name.',
  async run({ out, client }, { positionals: [name = '', to = ''] }) {
    const renamed = await client.call('job.rename', { name, to })
    out.say({ event: 'renamed', job: renamed.name, was: name }, `“${name}” is “${renamed.name}” now.`)
    return exitCodes.ok
  },
})
