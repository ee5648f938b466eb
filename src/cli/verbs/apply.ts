import { resolve } from 'node:path'
import { exitCodes } from '../../domain/exitCodes.ts'
import type { ApplyLine } from '../../rpc/results.ts'
import { verb } from '../verb.ts'

export const apply = verb({
  words: 'apply',
  positionals: ['PLAN.json'],
  summary: 'Create or update connections, jobs and pairs from one file.',
  details: `All of it or nothing. What the plan leaves out stays as it is and is listed; nothing is renamed or removed.
The plan's form is in mailferry.schema.json. Secrets stand in it only by reference: {"file": …}, {"fd": n} or {"vault": true}.`,
  options: { check: { type: 'boolean', help: 'Only tell what would be done.' } },
  async run({ out, client, cwd }, { positionals: [file = ''], values }) {
    const { lines } = await client.call('plan.apply', { file: resolve(cwd, file), ...(values.check ? { check: true } : {}) })
    for (const line of lines) out.say({ event: 'applied', ...line }, text(line))
    const changed = lines.filter(({ outcome }) => outcome === 'created' || outcome === 'updated').length
    out.say(
      { event: 'apply', changed, check: values.check === true },
      changed === 0 ? 'Nothing to change.' : `${changed} ${values.check ? 'to change' : 'changed'}.`,
    )
    return exitCodes.ok
  },
})

const text = ({ kind, name, job, outcome }: ApplyLine): string =>
  `${outcome.padEnd(10)}  ${kind.padEnd(10)}  ${job === undefined ? name : `${job}: ${name}`}`
