// npm run package [-- FILE.vsix]: builds, and packs what the extension needs and nothing else.
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './place.mjs'
import { run } from './setUp.mjs'

/** Bytes. */
const largest = 3_000_000

const file = resolve(process.argv[2] ?? join(root, 'mailferry.vsix'))
const packed =
  run('node', ['scripts/build.mjs']) &&
  run('vsce', ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file])
const { size } = packed ? statSync(file) : { size: 0 }
if (size > largest) console.error(`${file} has ${size} bytes, more than ${largest}.`)
process.exitCode = packed && size <= largest ? 0 : 1
