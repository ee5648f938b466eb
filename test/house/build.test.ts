import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { tempDir } from '../support/tempDir.ts'

const root = join(import.meta.dirname, '../..')
const node = (...args: string[]) => execFileSync('node', args, { cwd: root, encoding: 'utf8' })

/** Loads the extension as its host does, and says which of the bundles that took. */
const loadExtension = `
const Module = require('node:module')
const { basename, dirname } = require('node:path')
const vscode = new Proxy(class {}, { get: () => vscode, apply: () => vscode })
const load = Module._load
Module._load = (name, ...more) => (name === 'vscode' ? vscode : load(name, ...more))
const [file] = process.argv.slice(1)
require(file)
console.log(JSON.stringify(Object.keys(require.cache).filter(name => dirname(name) === dirname(file)).map(name => basename(name))))
`

describe('the build', () => {
  it('makes a command line that tells its version without loading the engine, and its commands with it, and an extension that loads only itself', () => {
    using place = tempDir()
    node('scripts/build.mjs', place.path)
    const cli = join(place.path, 'cli.js')

    assert.match(node(cli, '--help'), /job start/)
    const bundle = readFileSync(join(place.path, 'mailferry.js'), 'latin1')
    assert.equal(/[^\0-\x7f].{0,60}/.exec(bundle)?.[0], undefined, 'one such character doubles the memory that the script takes')
    for (const file of readdirSync(place.path)) {
      if (file.startsWith('mailferry.')) rmSync(join(place.path, file))
    }
    assert.equal(node(cli, '--version'), `${manifest.version}\n`)
    assert.deepEqual(JSON.parse(node('-e', loadExtension, join(place.path, 'extension.js'))), ['extension.js'])
  })
})
