// A real VS Code server from npm's registry, without a compiler and without root: what the editor's tests and `npm start` run in where there is no desktop.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, root } from './place.mjs'

/** code-server's package carries the server of VS Code 1.139.1; nothing of code-server itself is used. */
const version = '4.139.1'

const folder = join(root, '.vscode-test', `server-${version}`)
const server = join(folder, 'node_modules', 'code-server', 'lib', 'vscode')

/** The server's program, run by Node 24. */
export const serverMain = join(server, 'out', 'server-main.js')

/** Written last, so that an installation that was interrupted is begun anew. */
export const installedMark = join(folder, 'installed')

/** Installs the server into `.vscode-test`, half a minute the first time; answers whether it is there. */
export function installVsCodeServer() {
  if (existsSync(installedMark)) return true
  console.log('Installing a VS Code server for the editor’s tests')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "name": "vscode-server", "private": true }\n')
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const done = npm(folder, ['install', ...flags, `code-server@${version}`]) && npm(server, ['install', ...flags, '--omit=dev'])
  if (!done) return false
  replaceNatives()
  trim()
  writeFileSync(installedMark, '')
  return true
}

/**
 * @param {string} cwd
 * @param {readonly string[]} args
 */
const npm = (cwd, args) => spawnSync('npm', args, { cwd, env: environment, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0

/** The two native modules that are loaded at the start and not shipped built: a log writer, and a watchdog that tests don't need. */
function replaceNatives() {
  const write = (/** @type {string} */ name, /** @type {string} */ code) =>
    writeFileSync(join(server, 'node_modules', '@vscode', name, 'index.js'), code)
  write('native-watchdog', 'exports.start = () => {}\nexports.exit = code => process.exit(code ?? 0)\n')
  write(
    'spdlog',
    `const { appendFileSync, mkdirSync } = require('node:fs')
const { dirname } = require('node:path')
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical']
let threshold = 2
class Logger {
  constructor(_type, _name, file) {
    this.file = file
    this.level = threshold
    this.plain = false
    mkdirSync(dirname(file), { recursive: true })
  }
  write(level, text) {
    if (level < this.level) return
    try {
      appendFileSync(this.file, this.plain ? text : \`\${new Date().toISOString()} [\${levels[level]}] \${text}\\n\`)
    } catch {}
  }
  getLevel() { return this.level }
  setLevel(level) { this.level = level }
  setPattern() {}
  clearFormatters() { this.plain = true }
  flush() {}
  drop() {}
}
for (const [level, name] of levels.entries()) Logger.prototype[name] = function (text) { this.write(level, text) }
exports.version = 0
exports.setLevel = level => { threshold = level }
exports.setFlushOn = () => {}
exports.Logger = Logger
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file)
exports.createAsyncRotatingLogger = exports.createRotatingLogger
`,
  )
}

/** Half of its size is for assistants and services that no test of ours meets; without them it starts sooner, too. */
function trim() {
  const unused =
    /^(copilot|mermaid-|ms-vscode\.|github|microsoft-authentication|tunnel-|npm$|grunt$|gulp$|jake$|emmet$|git$|git-base$|terminal-suggest|debug-|simple-browser|php-language)/
  const extensions = join(server, 'extensions')
  for (const name of readdirSync(extensions)) if (unused.test(name)) rmSync(join(extensions, name), { recursive: true })
  for (const name of ['@github', '@microsoft/mxc-sdk']) rmSync(join(server, 'node_modules', name), { recursive: true, force: true })
}
