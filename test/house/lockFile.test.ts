import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Lock {
  readonly packages: Record<string, { readonly resolved?: string; readonly optionalDependencies?: Record<string, string> }>
}

const lock: Lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'))

describe('package-lock.json', () => {
  it('names no registry but the public one, so that it installs everywhere', () => {
    const hosts = Object.values(lock.packages).flatMap(({ resolved }) => (resolved === undefined ? [] : [new URL(resolved).host]))
    assert.deepEqual(
      hosts.filter(host => host !== 'registry.npmjs.org'),
      [],
    )
  })

  it('holds the binaries of every platform, without which `npm ci` refuses it', () => {
    const wanted = Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
    assert.deepEqual(
      wanted.filter(name => !(`node_modules/${name}` in lock.packages)),
      [],
    )
  })
})
