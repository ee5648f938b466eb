import assert from 'node:assert/strict'
import { asConnectionId } from '../../src/domain/ids.ts'
import { createEmitter } from '../../src/editor/emitter.ts'
import { createSecretVault, type SecretStorageLike } from '../../src/editor/secretVault.ts'

const anna = asConnectionId('anna')

/** The storage of one machine, which every window shares. */
function storageOf(kept: Map<string, string>, { refuses = false } = {}): SecretStorageLike {
  const changed = createEmitter<{ readonly key: string }>()
  return {
    get: async key => kept.get(key),
    async store(key, value) {
      if (refuses) throw new Error('no keyring')
      kept.set(key, value)
      changed.fire({ key })
    },
    async delete(key) {
      kept.delete(key)
      changed.fire({ key })
    },
    onDidChange: changed.event,
  }
}

const mementoOf = (notes: Map<string, unknown>) => ({
  get: (key: string) => notes.get(key),
  async update(key: string, value: unknown) {
    notes.set(key, value)
  },
})

const vaultOver = (storage: SecretStorageLike, notes = new Map<string, unknown>()) =>
  createSecretVault({ storage, memento: mementoOf(notes), now: () => 4711 })

describe("the editor's secrets", () => {
  it('are kept by the connection, with the time they were given', async () => {
    const vault = vaultOver(storageOf(new Map()))
    assert.equal(await vault.get(anna), null)
    assert.equal(await vault.set(anna, 'secret'), 'stored')
    assert.deepEqual(await vault.get(anna), { text: 'secret', givenAt: 4711 })
    await vault.delete(anna)
    assert.equal(await vault.get(anna), null)
  })

  it('given in one window are told in the other, and deleted ones are not', async () => {
    const storage = storageOf(new Map())
    const [one, two] = [vaultOver(storage), vaultOver(storage)]
    const told: string[] = []
    two.onGiven(id => told.push(id))
    await one.set(anna, 'secret')
    await one.delete(anna)
    await new Promise(setImmediate)
    assert.deepEqual(told, ['anna'])
  })

  it('that the storage refuses are kept until the window closes, and that is said', async () => {
    const vault = vaultOver(storageOf(new Map(), { refuses: true }))
    const told: string[] = []
    vault.onTrouble(what => told.push(what))
    vault.onGiven(id => told.push(id))
    assert.equal(await vault.check(), 'refuses')
    assert.equal(await vault.set(anna, 'secret'), 'untilClosed')
    assert.deepEqual(told, ['refuses', 'anna'])
    assert.equal((await vault.get(anna))?.text, 'secret')
  })

  it('lie in a storage that is known to forget, once it has', async () => {
    const notes = new Map<string, unknown>()
    const kept = new Map<string, string>()
    assert.equal(await vaultOver(storageOf(kept), notes).check(), undefined)
    assert.equal(await vaultOver(storageOf(kept), notes).check(), undefined)
    assert.equal(await vaultOver(storageOf(new Map()), notes).check(), 'forgets')
  })
})

describe('the keys of certificates that were made here', () => {
  it('are kept until they are forgotten, and told to nobody as a connection’s secret', async () => {
    const storage = storageOf(new Map())
    const vault = vaultOver(storage)
    const told: string[] = []
    vault.onGiven(id => told.push(id))
    await vault.keepKey('4711', 'key')
    assert.equal(await vaultOver(storage).keptKey('4711'), 'key')
    await vault.forgetKey('4711')
    assert.equal(await vault.keptKey('4711'), undefined)
    assert.deepEqual(told, [])
  })

  it('that the storage refuses are kept until the window closes, and that is said', async () => {
    const vault = vaultOver(storageOf(new Map(), { refuses: true }))
    const told: string[] = []
    vault.onTrouble(what => told.push(what))
    await vault.keepKey('4711', 'key')
    assert.deepEqual([await vault.keptKey('4711'), told], ['key', ['refuses']])
  })
})
