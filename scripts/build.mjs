// node scripts/build.mjs [DIR]: bundles for Node 24 into dist/: engine.js and extension.js for the editor, ui/ for its panels, and the command line, whose cli.js answers --version by itself and loads mailferry.js for everything else.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { pages } from './pages.mjs'
import { root } from './place.mjs'

const dist = resolve(root, process.argv[2] ?? 'dist')

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // Native and optional: found at run time or not at all.
  external: ['keytar'],
  alias: { '@ewsjs/xhr': join(root, 'src/servers/exchange/library/noXhr.ts') },
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: true,
  legalComments: 'linked',
  logLevel: 'warning',
  logOverride: { 'empty-import-meta': 'error' },
}

/** @type {import('esbuild').Plugin} */
const loadLater = {
  name: 'load later',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: './mailferry.js', external: true }))
  },
}

mkdirSync(dist, { recursive: true })
// The sources are ES modules, the bundles aren't.
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
await Promise.all([
  build({ ...common, entryPoints: ['src/cli/main.ts'], outfile: join(dist, 'mailferry.js') }),
  build({
    ...common,
    entryPoints: ['src/cli/cli.ts'],
    outfile: join(dist, 'cli.js'),
    plugins: [loadLater],
    supported: { 'dynamic-import': false },
  }),
  build({ ...common, entryPoints: ['src/engine/main.ts'], outfile: join(dist, 'engine.js') }),
  build({ ...pages, outdir: join(dist, 'ui') }),
  build({ ...common, entryPoints: ['src/extension.ts'], outfile: join(dist, 'extension.js'), external: ['vscode'] }),
])
chmodSync(join(dist, 'cli.js'), 0o755)
