import { exitCodes } from '../../domain/exitCodes.ts'
import { countsText, statesText } from '../display/jobText.ts'
import { stateText } from '../display/stateText.ts'
import { table } from '../table.ts'
import { verb } from '../verb.ts'

export const jobStatus = verb({
  words: 'job status',
  positionals: ['NAME'],
  summary: 'Show a job and each of its mailboxes.',
  async run({ out, client }, { positionals: [name = ''] }) {
    const { list, ...job } = await client.call('job.status', { name })
    if (out.json) {
      out.say({ event: 'job', ...job }, [])
      for (const pair of list) out.say({ event: 'pairStatus', job: job.name, ...pair }, [])
      return exitCodes.ok
    }
    const rows = list.map(pair => {
      const to = pair.target.address === pair.source.address ? '' : ` → ${pair.target.address}`
      return [
        `${pair.source.address}${to}`,
        countsText(pair.counts),
        `${stateText(pair.state)}${pair.engine === undefined ? '' : ` by ${pair.engine}`}`,
      ]
    })
    out.say({ event: 'job' }, [
      `${job.name}: ${job.source} → ${job.target}; ${statesText(job)}`,
      '',
      ...table(['MAILBOX', 'MESSAGES', 'STATE'], rows),
    ])
    return exitCodes.ok
  },
})
