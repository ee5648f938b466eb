// npm test [-- files or mocha options]: sets the machine up, checks types and style, builds, and runs every suite.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './place.mjs'
import { howToInstall, run, setUp } from './setUp.mjs'
import { suitesWithout } from './suites.mjs'

/** Milliseconds; a suite that hangs must not hang whoever waits for the result. */
const longest = 40 * 60_000

/** Processes that take one file of suites after the other, side by side: most of their time they wait for servers. */
const jobs = Math.max(2, Math.min(4, availableParallelism()))

const chosen = process.argv.slice(2)
const missing = setUp(['dovecot', 'keyring', 'keytar', 'vscode'])
const left = suitesWithout(missing)
if (missing.length > 0) console.log(`Missing: ${missing.join(', ')} (${howToInstall(missing)})`)
for (const suite of left) console.log(`Skipped for it: ${suite}`)

const typesAreThere = !missing.includes('keytar')
if (!typesAreThere) console.log('Skipped for it: the check of types')

const steps = {
  types: () => !typesAreThere || (run('tsc', ['-p', '.']) && run('tsc', ['-p', 'src/webview/ui'])),
  style: () => run('biome', ['check', '--error-on-warnings']),
  build: () => run('node', ['scripts/build.mjs']),
  package: () => chosen.length > 0 || missing.includes('vscode') || run('node', ['test/support/vscode/pack.ts']),
}
let failedSteps = 0
for (const [name, step] of Object.entries(steps)) {
  if (step()) continue
  failedSteps++
  console.error(`The check of ${name} failed.`)
}
const { passed, failed, ended } = runSuites()

if (left.length > 0) console.log(`${left.length} suites were skipped, see above.`)
console.log(`\n${passed} passed, ${failed + failedSteps} failed`)
process.exitCode = ended && failed + failedSteps === 0 && passed > 0 ? 0 : 1

function runSuites() {
  const place = mkdtempSync(join(tmpdir(), 'mailferry-counts-'))
  const counts = join(place, 'counts.json')
  const suites = chosen.length > 0 ? chosen : ['--parallel', '--jobs', String(jobs), 'test/**/*.test.ts']
  // A suite that leaves something open must not hang whoever waits for the result.
  const ignored = left.flatMap(suite => ['--ignore', suite])
  const reporter = ['--reporter', join(root, 'scripts', 'countingReporter.cjs'), '--reporter-option', `counts=${counts}`]
  const ended = run('mocha', ['--exit', ...reporter, ...ignored, ...suites], longest)
  try {
    return { ...JSON.parse(readFileSync(counts, 'utf8')), ended }
  } catch {
    return { passed: 0, failed: 1, ended: false }
  } finally {
    rmSync(place, { recursive: true })
  }
}
