// The panels' pages, as esbuild is to bundle them: each for the browser that VS Code is, with nothing it would fetch later.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './place.mjs'

const folder = 'src/webview/ui/pages'

/** @type {import('esbuild').BuildOptions} */
export const pages = {
  absWorkingDir: root,
  entryPoints: readdirSync(join(root, folder)).map(page => join(folder, page)),
  bundle: true,
  platform: 'browser',
  target: 'chrome130',
  format: 'esm',
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
}
