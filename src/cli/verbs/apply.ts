import { resolve } from 'node:path'
import { exitCodes } from '../../domain/exitCodes.ts'
import type { ApplyLine } from '../../rpc/results.ts'
import { counted } from '../display/units.ts'
import { verb } from '../verb.ts'

export const apply = verb({
  words: 'apply',
  positionals: ['PLAN.json'],
  summary: 'Create or update connections, jobs and pairs from one file.',
  details: `All of it or nothing. What the plan leaves out stays as it is and is listed; nothing is renamed or removed.
The plan's form is in mailferry.schema.json. With - instead of a file it is read from standard input. Secrets stand in it only by reference: {"file": …}, {"fd": n} or {"vault": true}.`,
  options: { check: { type: 'boolean', help: 'Only tell what would be done.' } },
  async run({ out, client, cwd, readInput }, { positionals: [file = ''], values }) {
    const given = file === '-' ? await readInput() : undefined
    const { lines } = await client.call('plan.apply', {
      file: resolve(cwd, file),
      ...(given === undefined ? {} : { text: given }),
      ...(values.check ? { check: true } : {}),
    })
    if (out.json) for (const line of lines) out.say({ event: 'applied', ...line }, [])
    else out.say({ event: 'applied' }, [...lines.filter(({ kind }) => kind !== 'pair').map(text), ...pairTexts(lines)])
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

/** More pairs than this in one job that fare the same are told as a number. */
const mostPairs = 20

function pairTexts(lines: readonly ApplyLine[]): string[] {
  const groups = Map.groupBy(
    lines.filter(({ kind }) => kind === 'pair'),
    ({ job, outcome }) => `${outcome}\n${job}`,
  )
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (first === undefined || group.length <= mostPairs) return group.map(text)
    return [text({ ...first, name: counted(group.length, 'pair') })]
  })
}
