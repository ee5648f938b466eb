import { exitCodes } from '../../domain/exitCodes.ts'
import { statesText } from '../display/jobText.ts'
import { table } from '../table.ts'
import { verb } from '../verb.ts'

export const jobList = verb({
  words: 'job list',
  summary: 'List the migration jobs.',
  async run({ out, client }) {
    const jobs = await client.call('job.list', {})
    if (out.json) for (const job of jobs) out.say({ event: 'job', ...job }, [])
    else if (jobs.length === 0) out.say({ event: 'none' }, 'No jobs yet. `mailferry apply PLAN.json` makes them.')
    else {
      const rows = jobs.map(job => [job.name, `${job.source} → ${job.target}`, String(job.pairs), statesText(job)])
      out.say({ event: 'jobs' }, table(['NAME', 'CONNECTIONS', 'MAILBOXES', 'STATE'], rows))
    }
    return exitCodes.ok
  },
})
