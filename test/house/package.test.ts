import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { tempDir } from '../support/tempDir.ts'

const root = join(import.meta.dirname, '../..')
const run = (program: string, ...args: string[]) => execFileSync(program, args, { cwd: root, encoding: 'utf8' })

describe('npm run package', () => {
  it('packs the extension, the engine and the command line, and nothing else, into less than 3 MB', function () {
    this.timeout(120_000)
    using place = tempDir()
    const file = join(place.path, 'mailferry.vsix')
    run('node', 'scripts/package.mjs', file)
    assert.ok(statSync(file).size < 3_000_000)
    const files = run('vsce', 'ls', '--no-dependencies').trim().split('\n')
    const pages = readdirSync(join(root, 'src/webview/ui/pages')).map(name => `dist/ui/${name.replace(/\.ts$/, '.js')}`)
    assert.ok(pages.length >= 4)
    for (const needed of [
      ...pages,
      'dist/extension.js',
      'dist/engine.js',
      'dist/cli.js',
      'dist/mailferry.js',
      'dist/ews.js',
      'dist/zod.js',
      'dist/jsonrpc.js',
      'dist/package.json',
      'mailferry.schema.json',
      'package.nls.de.json',
      `l10n/bundle.l10n.de.json`,
    ]) {
      assert.ok(files.includes(needed), needed)
    }
    const pictures = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ media }) => Object.values(media.image)))
    assert.ok(pictures.length > 0)
    assert.deepEqual(
      pictures.filter(name => !files.includes(name)),
      [],
    )
    assert.equal(manifest.main, './dist/extension.js')
    assert.deepEqual(
      files.filter(
        name => /^(src|test|scripts|node_modules|\.)|\.map$|lock/.test(name) || (name.startsWith('docs') && !pictures.includes(name)),
      ),
      [],
    )
  })
})
