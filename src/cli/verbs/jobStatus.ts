import { describe } from '../../domain/errorText.ts'
import { type ExitCode, exitCodes } from '../../domain/exitCodes.ts'
import type { FolderDetails, ItemDetails } from '../../rpc/results.ts'
import type { App } from '../app.ts'
import { countsText, statesText } from '../display/jobText.ts'
import { stateText } from '../display/stateText.ts'
import { amount, moment } from '../display/units.ts'
import { table } from '../table.ts'
import { verb } from '../verb.ts'

export const jobStatus = verb({
  words: 'job status',
  positionals: ['NAME'],
  summary: 'Show a job and each of its mailboxes, or all that is known of one of them.',
  options: {
    pair: { type: 'string', value: 'MAILBOX', help: 'Only this mailbox, with its folders and messages that are not simply migrated.' },
  },
  async run(app, { positionals: [name = ''], values }) {
    const { out, client } = app
    if (values.pair !== undefined) return sayPair(app, name, values.pair)
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

/** Messages that are listed; the report has them all. */
const most = 1000

async function sayPair({ out, client }: App, job: string, mailbox: string): Promise<ExitCode> {
  const pair = await client.call('pair.details', { job, pair: mailbox, limit: most })
  const { source, target, counts, state, folders, items, more } = pair
  out.say({ event: 'pairDetails', ...pair }, [
    `${source.address} → ${target.address}: ${countsText(counts)}; ${stateText(state)}`,
    ...folders.flatMap(folderText),
    ...items.map(itemText),
    ...(more ? [`These are the first ${most}; mailferry job report lists them all.`] : []),
  ])
  return exitCodes.ok
}

/** Only folders that something is to be said of. */
function folderText({ source, excluded, error }: FolderDetails): string[] {
  const reason = error === undefined ? excluded : describe(error).message
  return reason === undefined ? [] : [`  ${source.join('/')}: ${reason}`]
}

const itemText = ({ folder, received, size, error, reason, state }: ItemDetails): string =>
  `  ${folder.join('/')}, ${moment(received)}, ${amount(size)}: ${error === undefined ? (reason ?? state) : describe(error).message}`
