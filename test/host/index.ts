import { writeFileSync } from 'node:fs'
import Mocha from 'mocha'
import type { TestResult } from './suiteNames.ts'
import { measureActivation } from './support.ts'

/** What VS Code calls in the extension host: runs the suites with Mocha and writes what came of them. */
export async function run(): Promise<void> {
  // At once: VS Code activates it by itself a little later.
  await measureActivation().catch(() => {})
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Mocha.reporters.Base })
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha)
  // Each declares its suite as it is loaded, now that there is something to declare it to.
  await import('./suites/activation.ts')
  await import('./suites/engine.ts')
  await import('./suites/secrets.ts')
  await import('./suites/domainChange.ts')
  await import('./suites/manyMailboxes.ts')
  const results: TestResult[] = []
  const note = (result: TestResult): void => {
    results.push(result)
    // After each one, so that a run that hangs tells how far it came.
    writeFileSync(process.env['HOST_REPORT'] ?? '', JSON.stringify(results))
  }
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve)
    runner.on('pass', test => note(resultOf(test)))
    runner.on('fail', (test, error: Error) => note({ ...resultOf(test), error: error.stack ?? error.message }))
  })
  if (failures > 0) throw new Error(`${failures} failed`)
}

/** The path's first title is the suite's, whichever hook or inner suite it happened in. */
function resultOf(test: Mocha.Runnable): TestResult {
  const [suite = '', ...title] = test.titlePath()
  return { suite, title: title.join(' ') }
}
