// node scripts/build.mjs [DIR]: bundles for Node 24 into dist/: mailferry.js is the command line and the engine's process, entered by cli.js (which answers
// --version by itself) and by engine.js; ews.js the library it loads late; extension.js is the editor's, zod.js and jsonrpc.js what it loads once it is active,
// ui/ its panels'.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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

/**
 * ews-javascript-api is larger than all the rest, and loaded late: one file for the engine and the command line.
 * @type {import('esbuild').Plugin}
 */
const libraryApart = {
  name: 'library apart',
  setup({ onResolve }) {
    onResolve({ filter: /^ews-javascript-api$/ }, ({ kind }) => (kind === 'entry-point' ? undefined : { path: './ews.js', external: true }))
  },
}

/**
 * Half of the extension, and not needed before it is active: to read it would take longer than all that activation does.
 * @type {import('esbuild').Plugin}
 */
const loadedOnceActive = {
  name: 'loaded once active',
  setup({ onResolve }) {
    onResolve({ filter: /^zod$/ }, () => ({ path: './zod.js', external: true }))
    onResolve({ filter: /^vscode-jsonrpc\/node$/ }, () => ({ path: './jsonrpc.js', external: true }))
  },
}

/**
 * Zod's own words are never shown in other languages than English, and they are half of it.
 * @type {import('esbuild').Plugin}
 */
const englishAlone = {
  name: 'English alone',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({ contents: `export { default as en } from './en.js'` }))
  },
}

/**
 * esbuild escapes what isn't ASCII in strings, but not in tagged templates and regular expressions. One such character, and V8 keeps the whole script in memory
 * with two bytes for each of its characters.
 * @param {string} file
 */
function escapeOthers(file) {
  const escaped = readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
  writeFileSync(file, escaped)
}

mkdirSync(dist, { recursive: true })
// The sources are ES modules, the bundles aren't.
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
writeFileSync(join(dist, 'engine.js'), `require('./mailferry.js').engine()\n`)
await Promise.all([
  build({
    ...common,
    stdin: {
      resolveDir: root,
      contents: `export { main } from './src/cli/main.ts'\nexport const engine = () => import('./src/engine/main.ts')\n`,
    },
    outfile: join(dist, 'mailferry.js'),
    plugins: [libraryApart, englishAlone],
    // Node finds no names in the library's file when it imports it, but all of them when it requires it.
    supported: { 'dynamic-import': false },
  }),
  build({
    ...common,
    entryPoints: ['src/cli/cli.ts'],
    outfile: join(dist, 'cli.js'),
    plugins: [loadLater],
    supported: { 'dynamic-import': false },
  }),
  build({
    ...common,
    entryPoints: ['ews-javascript-api'],
    outfile: join(dist, 'ews.js'),
    alias: { '@ewsjs/xhr': join(root, 'src/servers/exchange/library/noXhr.ts') },
  }),
  build({ ...pages, outdir: join(dist, 'ui') }),
  build({
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: join(dist, 'extension.js'),
    external: ['vscode'],
    plugins: [loadedOnceActive],
  }),
  build({ ...common, entryPoints: ['zod'], outfile: join(dist, 'zod.js'), plugins: [englishAlone] }),
  build({ ...common, entryPoints: ['vscode-jsonrpc/node'], outfile: join(dist, 'jsonrpc.js') }),
])
escapeOthers(join(dist, 'mailferry.js'))
chmodSync(join(dist, 'cli.js'), 0o755)
