// Runs on whatever Node the machine has (20 or later), so it uses Node's own modules alone.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, root } from './place.mjs'
import { installedMark, installVsCodeServer } from './vscodeServer.mjs'

const keytar = join(root, 'node_modules', 'keytar', 'build', 'Release', 'keytar.node')

/** What can be installed, by what it is for: the programs that show it is there, and the Debian packages they come from. */
export const tools = {
  dovecot: {
    programs: ['dovecot', 'doveadm', 'openssl', 'setpriv'],
    files: ['/usr/lib/dovecot/imap'],
    packages: ['dovecot-imapd', 'openssl'],
  },
  keyring: { programs: ['dbus-run-session', 'gnome-keyring-daemon'], files: [], packages: ['dbus', 'gnome-keyring'] },
  keytar: { programs: [], files: [keytar], packages: ['libsecret-1-dev', 'pkg-config', 'python3', 'make', 'g++'] },
  // The server is installed from npm's registry beside the project's modules, and needs a browser for its window.
  vscode: { programs: ['chromium'], files: [installedMark], packages: ['chromium'] },
  mbsync: { programs: ['mbsync', '/usr/bin/time'], files: [], packages: ['isync', 'time'] },
}

/** @typedef {keyof typeof tools} Tool */

/**
 * Makes the machine ready: system packages where this is root, `npm ci` where needed, and Node 24.
 * @param {readonly Tool[]} wanted
 * @returns {Tool[]} what is still missing
 */
export function setUp(wanted) {
  installPackages(wanted.filter(tool => !isThere(tool)))
  if (!modulesAreCurrent() || (wanted.includes('keytar') && keytarCanBeMade())) installModules()
  checkNode()
  if (wanted.includes('vscode')) installVsCodeServer()
  return wanted.filter(tool => !isThere(tool))
}

/** @param {Tool} tool */
const isThere = tool =>
  tools[tool].files.every(file => existsSync(file)) &&
  tools[tool].programs.every(program => spawnSync('sh', ['-c', 'command -v "$0"', program], { env: environment }).status === 0)

/** @param {readonly Tool[]} missing */
function installPackages(missing) {
  const packages = missing.flatMap(tool => tools[tool].packages)
  if (packages.length === 0) return
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return
  console.log(`Installing ${packages.join(', ')}`)
  withoutStartingServices(() => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    for (const step of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
      spawnSync('apt-get', ['--quiet', ...step], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    }
  })
}

/**
 * Debian starts a server's service when it is installed, unless this file forbids it.
 * @param {() => void} work
 */
function withoutStartingServices(work) {
  const policy = '/usr/sbin/policy-rc.d'
  const ours = !existsSync(policy)
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    work()
  } finally {
    if (ours) rmSync(policy)
  }
}

function installModules() {
  console.log('Installing the modules of package-lock.json')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) giveUp('npm ci failed, see above.')
}

/** npm leaves keytar out, it being optional, when it is installed before the library that it is built on. */
const keytarCanBeMade = () => !existsSync(keytar) && spawnSync('pkg-config', ['--exists', 'libsecret-1']).status === 0

/** Compares what npm recorded of the last installation with what the lock file asks for. */
function modulesAreCurrent() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  const asked = packagesOf(join(root, 'package-lock.json'))
  if (installed === undefined || asked === undefined) return false
  return Object.entries(asked).every(([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version)
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
const packagesOf = file => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined)

function checkNode() {
  const { stdout } = spawnSync('node', ['--version'], { env: environment, encoding: 'utf8' })
  if (stdout?.startsWith('v24.')) return
  giveUp(`Node 24 is needed and node_modules/.bin has ${stdout?.trim() || 'none'}. Run "npm ci" with install scripts allowed.`)
}

/** @param {string} why */
function giveUp(why) {
  console.error(why)
  process.exit(1)
}

/**
 * Runs a program of the project, on its Node; answers whether it succeeded.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {number} [longest] milliseconds after which it is ended
 */
export const run = (program, args, longest) =>
  spawnSync(program, args, { cwd: root, env: environment, stdio: 'inherit', timeout: longest }).status === 0

/**
 * What to tell a person about tools that are missing.
 * @param {readonly Tool[]} missing
 */
export const howToInstall = missing => `as root: apt-get install ${missing.flatMap(tool => tools[tool].packages).join(' ')}`
