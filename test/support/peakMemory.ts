import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CliOptions, cli, type Finished, privateFile } from './cli.ts'

/** Run by the process that is measured: on Linux its own peak, for what `getrusage` tells there includes the process that started it. */
const hook = `const { readFileSync, writeFileSync } = require('node:fs')
const peak = () => process.platform === 'linux' ? Number(/^VmHWM:\\s+(\\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) : process.resourceUsage().maxRSS
process.on('exit', () => writeFileSync(process.env.MAILFERRY_TEST_PEAK, String(peak() * 1024)))
`

/** Runs the command line as it is shipped to its end, in `dir`; `peak` is the most memory that it had, in bytes. */
export async function measuredCli(
  dir: string,
  args: readonly string[],
  options: CliOptions = {},
): Promise<Finished & { readonly peak: number }> {
  const file = join(dir, 'peak.txt')
  const env = {
    ...process.env,
    NODE_OPTIONS: `--require ${privateFile(dir, 'peak.cjs', hook)}`,
    MAILFERRY_TEST_PEAK: file,
  }
  const finished = await cli(args, { cwd: dir, ...options, env })
  return { ...finished, peak: Number(readFileSync(file, 'utf8')) }
}
