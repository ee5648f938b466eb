// An engine of its own process that runs a job to its end, to be killed or suspended: node engineChild.ts LEDGER JOB LEASE_MS
import { createLocalClient } from '../../src/engine/localClient.ts'

const [ledger, name = '', leaseMs = ''] = process.argv.slice(2)

await using client = createLocalClient({ ledger, version: 'test', leaseMs: Number(leaseMs) })
const tell = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
const { list } = await client.call('job.start', { name, delta: true, deletionsAllowed: 1000 }, { emit: tell })
const states = list.map(({ source, state }) => ({ source: source.address, ...state }))
tell({ event: 'ended', states })
process.exitCode = states.every(({ state }) => state === 'completed') ? 0 : 1
