import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { installVsix } from './server.ts'

const root = join(import.meta.dirname, '../../..')

/** All that goes into the package, or decides how it is made. */
const sources = ['src', 'l10n', 'media', 'docs/images', 'scripts/build.mjs', 'scripts/pages.mjs', 'scripts/package.mjs', '.vscodeignore']
const singleFiles = /^(package(-lock|\.nls.*)?\.json|README\.md|CHANGELOG\.md|mailferry\.schema\.json)$/

/** Milliseconds that a package of former sources is kept for whoever still uses it. */
const keepFor = 24 * 3_600_000

export interface Packed {
  readonly vsix: string
  /** Where an editor has installed it. */
  readonly folder: string
}

/** The extension as it is shipped: packed, and installed from that file, once for each state of the sources. */
export function packedExtension(): Packed {
  const place = join(root, '.vscode-test', 'packed')
  const dir = join(place, hashOfSources())
  if (!existsSync(dir)) pack(place, dir)
  return { vsix: join(dir, 'mailferry.vsix'), folder: installedIn(dir) }
}

/** Under another name first, for two runs may make it at once. */
function pack(place: string, dir: string): void {
  const unfinished = `${dir}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  const vsix = join(unfinished, 'mailferry.vsix')
  execFileSync('node', [join(root, 'scripts/package.mjs'), vsix], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  installVsix(unfinished, vsix)
  if (!existsSync(dir)) renameSync(unfinished, dir)
  else rmSync(unfinished, { recursive: true })
  for (const name of readdirSync(place)) {
    const old = join(place, name)
    if (statSync(old).mtimeMs < Date.now() - keepFor) rmSync(old, { recursive: true, force: true })
  }
}

function installedIn(dir: string): string {
  const extensions = join(dir, 'extensions')
  const name = readdirSync(extensions).find(found => found.startsWith('mailferry.'))
  if (name === undefined) throw new Error(`nothing is installed in ${extensions}`)
  return join(extensions, name)
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  const files = [...readdirSync(root).filter(name => singleFiles.test(name)), ...sources.flatMap(filesIn)].toSorted()
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

function filesIn(path: string): string[] {
  const found = join(root, path)
  if (!existsSync(found)) return []
  if (!statSync(found).isDirectory()) return [path]
  return readdirSync(found, { recursive: true, encoding: 'utf8' })
    .map(name => join(path, name))
    .filter(name => statSync(join(root, name)).isFile())
}
