import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './place.mjs'

/** The file whose import shows that a suite needs a tool. */
const needed = {
  dovecot: join(root, 'test', 'support', 'dovecot.ts'),
  keyring: join(root, 'test', 'support', 'keyring.ts'),
  keytar: join(root, 'test', 'support', 'keyring.ts'),
  vscode: join(root, 'test', 'support', 'vscode', 'server.ts'),
  mbsync: join(root, 'test', 'bench', 'peers.ts'),
}

/**
 * The suites that can't run without these tools, as paths from the root.
 * @param {readonly (keyof typeof needed)[]} missing
 */
export function suitesWithout(missing) {
  if (missing.length === 0) return []
  const avoid = missing.map(tool => needed[tool])
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .map(name => join(root, 'test', name))
    .filter(suite => {
      const files = reachedFrom(suite)
      return avoid.some(file => files.has(file))
    })
    .map(suite => relative(root, suite))
}

/**
 * A file and all it imports of the project's, directly or not.
 * @param {string} file
 * @param {Set<string>} reached
 */
function reachedFrom(file, reached = new Set()) {
  if (reached.has(file) || !existsSync(file)) return reached
  reached.add(file)
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']+)'/g)) {
    if (specifier !== undefined) reachedFrom(join(dirname(file), specifier), reached)
  }
  return reached
}
