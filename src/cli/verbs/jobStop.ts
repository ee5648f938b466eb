import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const jobStop = verb({
  words: 'job stop',
  positionals: ['NAME'],
  summary: 'Ask whoever runs the job to stop after the batch in hand.',
  async run({ out, client }, { positionals: [name = ''] }) {
    await client.call('job.stop', { name })
    out.say({ event: 'stopAsked', job: name }, `“${name}” stops within a second; \`mailferry job start\` goes on where it stopped.`)
    return exitCodes.ok
  },
})
