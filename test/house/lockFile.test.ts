import assert from 'node:assert/strict'
import lock from '../../package-lock.json' with { type: 'json' }

describe('package-lock.json', () => {
  it('names no registry but the public one, so that it installs everywhere', () => {
    const hosts = Object.values(lock.packages).flatMap((entry: { resolved?: string }) =>
      entry.resolved ? [new URL(entry.resolved).host] : [],
    )
    assert.deepEqual(
      [...new Set(hosts)].filter(host => host !== 'registry.npmjs.org'),
      [],
    )
  })
})
