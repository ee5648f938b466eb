import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type CopierName, copierNames } from './copiers.ts'
import type { Figures } from './figures.ts'
import { summarise, table, writeResults } from './results.ts'
import { runWork } from './runWork.ts'
import { type WorkName, workNames, works } from './works.ts'

const usage = `npm run bench -- [options]
  --work NAME         one of ${workNames.join(', ')}; may be repeated. Default: all
  --copier NAME       one of ${copierNames.join(', ')}; may be repeated. Default: all
  --rounds N          rounds per work, whose median counts. Default: 5
  --connections N     connections Mailferry may open to each server. Default: 8
  --state DIR         where copiers keep their state. Default: ${tmpdir()}
  --out FILE          Default: bench/results.json`

const { values } = parseArgs({
  options: {
    work: { type: 'string', multiple: true, default: [...workNames] },
    copier: { type: 'string', multiple: true, default: [...copierNames] },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '8' },
    state: { type: 'string', default: tmpdir() },
    out: { type: 'string', default: join(import.meta.dirname, '../../bench/results.json') },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(usage)
  process.exit(0)
}

const chosen = <Name extends string>(all: readonly Name[], wanted: readonly string[]): Name[] => {
  const unknown = wanted.find(name => !all.some(known => known === name))
  if (unknown !== undefined) throw new Error(`"${unknown}" is none of ${all.join(', ')}`)
  return all.filter(name => wanted.includes(name))
}

const rounds = Number(values.rounds)
const copiers = chosen(copierNames, values.copier)
const all = new Map<WorkName, ReadonlyMap<CopierName, Figures>>()
for (const work of chosen(workNames, values.work)) {
  const note = (line: string) => console.error(`${work} ${line}`)
  const figures = await runWork(works[work], copiers, { rounds, note, stateParent: values.state, connections: Number(values.connections) })
  all.set(work, figures)
  console.log(table(work, figures))
  writeResults(values.out, summarise(rounds, all))
}
