#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import manifest from '../../package.json' with { type: 'json' }
import { tooOld } from './nodeVersion.ts'

const complaint = tooOld(process.versions.node)

// `--version` answers without loading the engine.
if (process.argv.length === 3 && process.argv[2] === '--version') process.stdout.write(`${manifest.version}\n`)
else if (complaint !== undefined) {
  process.stderr.write(complaint)
  process.exitCode = 2
} else {
  // A third of a short command's time is compiling.
  enableCompileCache()
  void import('./main.ts').then(({ main }) => main(process.argv.slice(2)))
}
