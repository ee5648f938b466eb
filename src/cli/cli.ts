#!/usr/bin/env node
import manifest from '../../package.json' with { type: 'json' }

// `--version` answers without loading the engine.
if (process.argv.length === 3 && process.argv[2] === '--version') process.stdout.write(`${manifest.version}\n`)
else void import('./main.ts').then(({ main }) => main(process.argv.slice(2)))
