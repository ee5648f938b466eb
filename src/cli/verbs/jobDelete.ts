import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const jobDelete = verb({
  words: 'job delete',
  positionals: ['NAME'],
  summary: 'Delete a job that isn’t running, and all that is known of its messages.',
  details:
    'Mail stays where it is, on both sides. A new job for the same mailboxes would copy everything again, unless it is reset to adopt first.',
  async run({ out, client, stop }, { positionals: [name = ''] }) {
    await client.call('job.delete', { name }, { signal: stop })
    out.say({ event: 'deleted', job: name }, `Deleted the job “${name}”.`)
    return exitCodes.ok
  },
})
