import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

describe('package-lock.json', () => {
  it('names no registry but the public one, so that it installs everywhere', () => {
    const lock = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')
    const hosts = [...lock.matchAll(/"resolved": "[a-z+]*:\/\/([^/"]+)/g)].map(match => match[1])
    assert.deepEqual(
      hosts.filter(host => host !== 'registry.npmjs.org'),
      [],
    )
    assert.match(lock, /"integrity": "sha512-/)
  })
})
